/** What a node has before a deployment. */
package io.jenkins.plugins.baton.fleet.deploy.inventory;
