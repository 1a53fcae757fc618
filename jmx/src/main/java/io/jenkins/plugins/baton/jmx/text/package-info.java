/** How both programs show states, times and sizes to a person on a terminal. */
package io.jenkins.plugins.baton.jmx.text;
