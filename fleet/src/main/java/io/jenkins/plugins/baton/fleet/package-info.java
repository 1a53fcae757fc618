/** What is done to the masters from outside, over SSH. */
package io.jenkins.plugins.baton.fleet;
