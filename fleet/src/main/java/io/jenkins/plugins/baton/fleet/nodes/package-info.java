/** The nodes as things that commands are run on. */
package io.jenkins.plugins.baton.fleet.nodes;
