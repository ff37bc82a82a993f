/// What flows are given by name: variables, secrets and blocks, and the keys that secrets are
/// encrypted with. Start at [dev.penstock.flow.vault.Vault].
@NullMarked
package dev.penstock.flow.vault;

import org.jspecify.annotations.NullMarked;
