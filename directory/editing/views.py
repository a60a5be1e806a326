"""Views of the admin beside Wagtail's own: to confirm a service, and the confidential address."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from directory.forms import ConfidentialAddressForm, VerificationForm
from directory.models import ConfidentialAddress, Place, Service, Verification

ADDRESS_CHANGED = "directory.confidential_address"


class FormBesideRecord(WagtailAdminTemplateMixin, FormView):
    """A form of a record's own subject. Raises PermissionDenied, which the admin answers."""

    permission = ""
    template_name = "directory/admin/form.html"
    submit_label = ""
    explanation = ""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.record = self.get_record(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return str(self.record)

    def get_breadcrumbs_items(self):
        viewset = type(self.record).snippet_viewset
        lists = reverse(viewset.get_url_name("list"))
        label = type(self.record)._meta.verbose_name_plural
        return [
            *super().get_breadcrumbs_items(),
            {"url": lists, "label": label},
            {"url": self.get_success_url(), "label": str(self.record)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_success_url(self):
        viewset = type(self.record).snippet_viewset
        return reverse(viewset.get_url_name("edit"), args=[self.record.pk])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "record": self.record,
            "submit_label": self.submit_label,
            "back": self.get_success_url(),
            "explanation": self.explanation,
        }


class ConfirmView(FormBesideRecord):
    """Adds a verification. There is no view that changes or deletes one: it is a record."""

    permission = "directory.add_verification"
    form_class = VerificationForm
    header_icon = "check"

    def get_record(self, pk: int) -> Service:
        return get_object_or_404(Service.objects.select_related("organization"), pk=pk)

    def get_page_title(self):
        return _("I have confirmed this")

    @property
    def submit_label(self):
        return _("Keep")

    @property
    def explanation(self):
        return _(
            "Only for what you have heard or read yourself. It is kept with your name and cannot "
            "be changed. The day under the numbers moves only if the numbers were confirmed."
        )

    def get_form_kwargs(self):
        instance = Verification(service=self.record, verified_by=self.request.user)
        return super().get_form_kwargs() | {"instance": instance}

    def form_valid(self, form):
        form.save()
        messages.success(self.request, _("The verification was kept."))
        return redirect(self.get_success_url())


class ConfidentialAddressView(FormBesideRecord):
    """Shows and changes where a place that is not public really is.

    The address goes into its own table and nowhere else: the history is told that somebody
    changed it, and the form knows no drafts.
    """

    permission = "directory.view_confidentialaddress"
    form_class = ConfidentialAddressForm
    header_icon = "lock"

    def get_record(self, pk: int) -> Place:
        return get_object_or_404(Place, pk=pk)

    def get_page_title(self):
        return _("Confidential address")

    @property
    def may_change(self) -> bool:
        return self.request.user.has_perm("directory.change_confidentialaddress")

    @property
    def submit_label(self):
        return _("Save") if self.may_change else ""

    @property
    def explanation(self):
        return _(
            "Only people with this permission see it. Never copy it into another field, a file or "
            "a letter. Ask yourself first whether it has to be written down at all."
        )

    def get_initial(self):
        kept = ConfidentialAddress.objects.filter(place=self.record).first()
        return {"address": kept.address if kept else ""}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["address"].disabled = not self.may_change
        return form

    def post(self, request, *args, **kwargs):
        if not self.may_change:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        address = form.cleaned_data["address"]
        if address and self.record.is_exact:
            form.add_error("address", _("The address of this place is public. Hide it first."))
            return self.form_invalid(form)
        if address:
            ConfidentialAddress.objects.update_or_create(
                place=self.record, defaults={"address": address}
            )
        else:
            ConfidentialAddress.objects.filter(place=self.record).delete()
        log(instance=self.record, action=ADDRESS_CHANGED)
        messages.success(self.request, _("The confidential address was saved."))
        return redirect(self.get_success_url())
