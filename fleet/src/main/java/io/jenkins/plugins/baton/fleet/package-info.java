/** What is done to the nodes from outside, over SSH. */
package io.jenkins.plugins.baton.fleet;
