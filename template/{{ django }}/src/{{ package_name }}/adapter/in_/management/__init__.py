"""The commands of ``manage.py`` that call use cases."""
