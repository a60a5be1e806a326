/* The rows of sentences: shows those with a word, and puts the cursor into a new row. */

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function start(box) {
  const filter = box.querySelector('[data-sentences-filter]');
  const wasOpen = new Map();
  filter.parentElement.hidden = false;
  filter.addEventListener('input', () => {
    const wanted = plain(filter.value.trim());
    for (const group of box.querySelectorAll('details')) {
      let shown = 0;
      for (const row of group.querySelectorAll('[data-inline-panel-child]')) {
        const text = row.querySelector('[name$="-text"]').value;
        row.hidden = !plain(text).includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      if (wanted && !wasOpen.has(group)) wasOpen.set(group, group.open);
      group.hidden = shown === 0;
      group.open = wanted ? shown > 0 : (wasOpen.get(group) ?? group.open);
    }
    if (!wanted) wasOpen.clear();
  });
  // The form is not to be sent by Enter in a field that is none of its own.
  filter.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
  box.addEventListener('w-formset:added', (event) => {
    event.target.querySelector('select')?.focus();
  });
}

document.querySelectorAll('[data-sentences]').forEach(start);
