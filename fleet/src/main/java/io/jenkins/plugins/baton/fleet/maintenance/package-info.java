/** Taking one node out of service for a while, and back. */
package io.jenkins.plugins.baton.fleet.maintenance;
