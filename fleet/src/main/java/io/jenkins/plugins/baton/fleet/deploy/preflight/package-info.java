/** What forbids a deployment, or deserves a warning, found before anything changes. */
package io.jenkins.plugins.baton.fleet.deploy.preflight;
