/** The first thing a newcomer sees: {@code make demo}. */
package io.jenkins.plugins.baton.lab.demo;
