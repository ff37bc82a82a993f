/// Automations: when this happens, or fails to happen, do that. Start at
/// [dev.penstock.flow.automation.Automation] and [dev.penstock.flow.automation.Automations].
@NullMarked
package dev.penstock.flow.automation;

import org.jspecify.annotations.NullMarked;
