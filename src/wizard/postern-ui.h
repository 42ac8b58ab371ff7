/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/** POSTERN_UI_PATH: where the compiled Blueprint files are among the resources */
#define POSTERN_UI_PATH "/io/github/postern/Postern/ui/"
