from django.db import migrations, models

# Model: the fields that are unique together.
UNIQUE = {
    'Audience': ('service', 'code'),
    'SpokenLanguage': ('service', 'code'),
    'SituationAudience': ('situation', 'code'),
    'WordsReview': ('service', 'language'),
    'Report': ('service', 'answer', 'text', 'reported_on'),
}
# Which of equal rows stays: who answers himself, the newest review, a report nobody looked into.
KEPT_FIRST = {
    'SpokenLanguage': ('by_interpreter', 'pk'),
    'WordsReview': ('-reviewed_on', 'pk'),
    'Report': ('settled', 'pk'),
}


def remove_duplicates(apps, schema_editor):
    for name, fields in UNIQUE.items():
        rows = apps.get_model('directory', name).objects.using(schema_editor.connection.alias)
        seen, extra = set(), []
        ordered = rows.order_by(*KEPT_FIRST.get(name, ('pk',)))
        for pk, *key in ordered.values_list('pk', *fields):
            if tuple(key) in seen:
                extra.append(pk)
            seen.add(tuple(key))
        for start in range(0, len(extra), 500):
            rows.filter(pk__in=extra[start:start + 500]).delete()


def take_programmes_out_of_the_strip(apps, schema_editor):
    services = apps.get_model('directory', 'Service').objects.using(schema_editor.connection.alias)
    services.filter(for_people_who_hurt=True).update(strip_order=None)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0005_order_of_situations'),
    ]

    operations = [
        migrations.RunPython(remove_duplicates, migrations.RunPython.noop),
        migrations.RunPython(take_programmes_out_of_the_strip, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='audience',
            constraint=models.UniqueConstraint(fields=('service', 'code'), name='audience_once_a_service'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('service', 'answer', 'text', 'reported_on'), name='report_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('for_people_who_hurt', True), ('strip_order__isnull', False), _negated=True), name='service_of_who_hurts_not_in_strip'),
        ),
        migrations.AddConstraint(
            model_name='situationaudience',
            constraint=models.UniqueConstraint(fields=('situation', 'code'), name='audience_once_a_situation'),
        ),
        migrations.AddConstraint(
            model_name='spokenlanguage',
            constraint=models.UniqueConstraint(fields=('service', 'code'), name='language_once_a_service'),
        ),
        migrations.AddConstraint(
            model_name='wordsreview',
            constraint=models.UniqueConstraint(fields=('service', 'language'), name='review_once_a_language'),
        ),
    ]
