/// The words of a program, to be imported with `import static dev.penstock.Penstock.*`. Start
/// reading at [dev.penstock.Penstock].
@NullMarked
package dev.penstock;

import org.jspecify.annotations.NullMarked;
