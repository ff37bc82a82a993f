/// Fetches files over HTTP. Start at [Http].
@NullMarked
package dev.penstock.http;

import org.jspecify.annotations.NullMarked;
