/** The MBeans in Prometheus' text format: names, units and types follow from the contract. */
package io.jenkins.plugins.baton.jmx.metrics;
