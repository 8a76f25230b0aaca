"""How every form and every field is drawn: once, from the project's own templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws forms with ``templates/forms``; needs ``django.forms`` among the installed apps."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
