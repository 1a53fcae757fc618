/**
 * A JMX connector for people on one port of 127.0.0.1: who may connect, how many at a time, and what they may do. It shows
 * whatever MBean server it is given.
 */
package io.jenkins.plugins.baton.jmx.connector;
