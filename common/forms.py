"""Forms of the public pages: what is typed is taken as it comes; what is refused is said on top and by its field."""

from typing import Any

from django import forms

from common.uploads.text import printable


class Typed:
    """A field as people type or paste in it: what no page can hold is dropped, a line end counts for one character."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(printable(value) if isinstance(value, str) else value)  # type: ignore[misc]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`: a browser would cut what is pasted, and say nothing."""
        attributes = super().widget_attrs(widget)  # type: ignore[misc]
        attributes.pop("maxlength", None)
        return attributes


class TypedField(Typed, forms.CharField):
    pass


class AddressField(Typed, forms.EmailField):
    pass


class CitizenForm(forms.Form):
    """A form in the site's design: the page groups its errors on top, with a link to each field.

    Its page includes `components/error_summary.html`, then `components/field.html` or `choices.html` for each field.
    """

    def faults(self) -> list[tuple[str, str]]:
        """Each message, with the id of the element to go to."""
        faults = [("", str(message)) for message in self.non_field_errors()]
        for field in self:
            faults += [(field.id_for_label or f"{field.auto_id}_0", str(message)) for message in field.errors]
        return faults


class TrappedForm(CitizenForm):
    """A form that anyone may send, with a field that people do not see: `components/trap.html`."""

    website = TypedField(label="Laissez ce champ vide", required=False, widget=forms.TextInput)

    @property
    def is_trapped(self) -> bool:
        """Whether a machine filled in what it was not shown, or a browser did in its owner's stead."""
        return bool(self.cleaned_data.get("website"))
