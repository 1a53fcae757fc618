/** What the steps return to a pipeline: plain values that survive a restart and that the sandbox lets read. */
package io.jenkins.plugins.baton.jenkins.result;
