/** What processes use of a machine, as /proc and strace show it: processor time, wake-ups, system calls, memory. */
package io.jenkins.plugins.baton.lab.usage;
