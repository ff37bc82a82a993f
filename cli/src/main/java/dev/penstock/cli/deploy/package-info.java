/// The code of deployments: found when something is deployed, made ready when it is run. Start at
/// [dev.penstock.cli.deploy.DeployedPrograms].
@NullMarked
package dev.penstock.cli.deploy;

import org.jspecify.annotations.NullMarked;
