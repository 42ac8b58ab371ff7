# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes through the whole wizard in its real window, from outside, as a person does."""
