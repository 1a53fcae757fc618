/** Taking the agent off nodes. */
package io.jenkins.plugins.baton.fleet.deploy.removal;
