/**
 * Failover drills: a fault that ends by itself, seen with a client's eyes. What is decided (guards, windows, figures,
 * verdict) is pure; what touches nodes and clocks is around it.
 */
package io.jenkins.plugins.baton.fleet.drill;
