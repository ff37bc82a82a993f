/// Commands around who may use the server.
@NullMarked
package dev.penstock.cli.access;

import org.jspecify.annotations.NullMarked;
