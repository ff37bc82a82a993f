/// Who asks the services of a cloud, for the connectors that speak to them: tokens, and who Google
/// takes this process for. Start with [dev.penstock.data.auth.AccessToken].
@NullMarked
package dev.penstock.data.auth;

import org.jspecify.annotations.NullMarked;
