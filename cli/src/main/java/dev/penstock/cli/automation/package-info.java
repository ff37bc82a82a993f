/// Commands of automations, and the file that they are written in.
@NullMarked
package dev.penstock.cli.automation;

import org.jspecify.annotations.NullMarked;
