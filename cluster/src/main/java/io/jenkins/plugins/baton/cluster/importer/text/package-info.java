/**
 * The text of a configuration as lines of words, the values in it, and what becomes of each line. Knows neither keepalived
 * nor haproxy.
 */
package io.jenkins.plugins.baton.cluster.importer.text;
