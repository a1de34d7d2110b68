// The one door to Cairo, the library that fills and strokes the painter's shapes.
#pragma once
#include <cairo.h>
