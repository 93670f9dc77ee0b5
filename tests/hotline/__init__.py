"""Tests of the hotline's desk."""
