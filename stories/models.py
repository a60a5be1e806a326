"""Stories: consent, withdrawal, what protects who tells."""
