/// What commands share: where they are ([dev.penstock.cli.session.Session]), what they print
/// ([dev.penstock.cli.session.OutputOption], [dev.penstock.cli.session.Listing]), and how they
/// fail.
@NullMarked
package dev.penstock.cli.session;

import org.jspecify.annotations.NullMarked;
