/** The soak: thousands of connections for an hour through moves and faults, and whether anything grows meanwhile. */
package io.jenkins.plugins.baton.lab.soak;
