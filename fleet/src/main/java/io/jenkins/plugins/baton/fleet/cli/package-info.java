/** The operator's program {@code baton}: words in, the packages below, words and an exit code out. */
package io.jenkins.plugins.baton.fleet.cli;
