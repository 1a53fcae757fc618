// Draws the trend of a job's drills into each .baton-trend: the longest outage of every drill as a line for each scenario,
// and lost connections as bars. A click on a point opens its build.
(function () {
    'use strict';

    function series(points, builds, words) {
        const scenarios = [...new Set(points.map(p => p.scenario))];
        const lines = scenarios.map(scenario => ({
            name: scenario, type: 'line', connectNulls: true, symbolSize: 8,
            data: builds.map(build => {
                const point = points.filter(p => p.build === build && p.scenario === scenario).pop();
                return point
                    ? { value: point.outageMillis, point: point, symbol: point.passed ? 'circle' : 'triangle' }
                    : null;
            })
        }));
        const lost = builds.map(build =>
            points.filter(p => p.build === build).reduce((sum, p) => sum + p.lostConnections, 0));
        return lines.concat({
            name: words.lost, type: 'bar', yAxisIndex: 1, barMaxWidth: 10, itemStyle: { color: '#8c959f' }, data: lost
        });
    }

    function option(points, words, colour) {
        const builds = [...new Set(points.map(p => p.build))];
        const axis = { axisLabel: { color: colour }, nameTextStyle: { color: colour } };
        return {
            animation: false,
            textStyle: { color: colour },
            legend: { type: 'scroll', bottom: 0, textStyle: { color: colour } },
            grid: { left: 60, right: 50, top: 34, bottom: 56 },
            tooltip: { trigger: 'axis', renderMode: 'richText' },
            xAxis: Object.assign({ type: 'category', data: builds.map(b => '#' + b) }, axis),
            yAxis: [
                Object.assign({ type: 'value', name: words.outage, min: 0 }, axis),
                Object.assign({ type: 'value', name: words.lost, min: 0, minInterval: 1, splitLine: { show: false } }, axis)
            ],
            series: series(points, builds, words)
        };
    }

    function draw(place, points) {
        const chart = echarts.init(place);
        const colour = getComputedStyle(place).color;
        const open = build => { window.location.href = place.dataset.job + build + '/baton/'; };
        chart.setOption(option(points, place.dataset, colour));
        chart.on('click', event => {
            if (event.data && event.data.point) { open(event.data.point.build); }
        });
        place.addEventListener('keydown', event => {
            if (event.key === 'Enter') { window.location.href = place.dataset.job + 'baton/'; }
        });
        window.addEventListener('resize', () => chart.resize());
    }

    document.querySelectorAll('.baton-trend').forEach(place => {
        fetch(place.dataset.job + 'baton/trend')
            .then(answer => answer.ok ? answer.json() : Promise.reject(new Error(answer.status)))
            .then(points => { if (points.length) { draw(place, points); } else { place.hidden = true; } })
            .catch(() => { place.textContent = place.dataset.unreadable; });
    });
})();
