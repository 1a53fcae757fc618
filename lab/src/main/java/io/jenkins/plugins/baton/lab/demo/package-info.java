/** The first thing a newcomer sees: {@code make demo-lan}. */
package io.jenkins.plugins.baton.lab.demo;
