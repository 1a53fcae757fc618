// Draws the trend of a job's drills into each .baton-trend: a point for each drill, at its longest outage on a logarithmic
// axis, with a line at what is allowed. What passed is small and pale, what did not is large and red; what did not run to its
// end stands in a strip of its own above. A click on a point opens its drill; arrow keys move, plus and minus zoom.
(function () {
    'use strict';

    const PALETTE = ['#4477aa', '#228833', '#66ccee', '#aa7722', '#aa3377', '#777799', '#44aa99', '#999933'];
    const LEAST = 1; // ms: what is shorter, and none at all, is drawn there

    function isDark(colour) {
        const context = document.createElement('canvas').getContext('2d');
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const rgb = context.getImageData(0, 0, 1, 1).data;
        return rgb[0] + rgb[1] + rgb[2] > 384;
    }

    function duration(millis) {
        return millis >= 1000 ? millis / 1000 + ' s' : (millis <= LEAST ? '≤ ' : '') + millis + ' ms';
    }

    function mark(point, colours) {
        if (point.passed) { return { symbol: 'circle', symbolSize: 7, itemStyle: { opacity: 0.75 } }; }
        const red = { color: colours.bad, borderColor: colours.ground, borderWidth: 1, opacity: 1 };
        return point.judged
            ? { symbol: 'diamond', symbolSize: 17, itemStyle: red, z: 5 }
            : { symbol: 'path://M2,0L5,3L8,0L10,2L7,5L10,8L8,10L5,7L2,10L0,8L3,5L0,2Z', symbolSize: 12, itemStyle: { color: colours.odd } };
    }

    // Series of what ran to its end, one for each scenario, and one of what did not.
    function series(points, builds, words, colours) {
        const scenarios = [...new Set(points.map(p => p.scenario))].sort();
        const at = point => '#' + point.build;
        const judged = scenarios.map((scenario, i) => ({
            name: scenario, type: 'scatter', color: PALETTE[i % PALETTE.length],
            data: points.filter(p => p.judged && p.scenario === scenario).map(p => Object.assign(
                { value: [at(p), Math.max(LEAST, p.outageMillis)], point: p }, mark(p, colours)))
        }));
        const limits = builds.map(build => {
            const allowed = points.filter(p => p.build === build && p.maxOutageMillis > 0).map(p => p.maxOutageMillis);
            return allowed.length ? Math.max(LEAST, Math.min(...allowed)) : null;
        });
        return judged.concat([
            {
                name: words.limit, type: 'line', step: 'middle', symbol: 'none', connectNulls: true, silent: true,
                color: colours.bad, lineStyle: { type: 'dashed', width: 1.5, color: colours.bad }, data: limits
            },
            {
                name: words.unfinished, type: 'scatter', xAxisIndex: 1, yAxisIndex: 1, color: colours.odd,
                data: points.filter(p => !p.judged).map(p => Object.assign({ value: [at(p), 0], point: p }, mark(p, colours)))
            }
        ]);
    }

    function option(points, words, width, text) {
        const colours = isDark(text)
            ? { bad: '#ff7b72', odd: '#e3b341', ground: '#1b1b21', line: 'rgba(255,255,255,.18)' }
            : { bad: '#cf222e', odd: '#9a6700', ground: '#ffffff', line: 'rgba(0,0,0,.12)' };
        const builds = [...new Set(points.map(p => p.build))];
        const names = builds.map(build => '#' + build);
        const left = width < 500 ? 52 : 70;
        const highest = Math.max(10, ...points.map(p => Math.max(p.outageMillis, p.maxOutageMillis)));
        const label = { color: text, hideOverlap: true };
        return {
            animation: false,
            textStyle: { color: text },
            legend: { type: 'scroll', bottom: 0, textStyle: { color: text }, pageTextStyle: { color: text }, pageIconColor: text },
            grid: [{ left: left, right: 16, top: 64, bottom: 74 }, { left: left, right: 16, top: 24, height: 26 }],
            tooltip: {
                trigger: 'item', renderMode: 'richText', confine: true,
                formatter: event => {
                    const p = event.data.point;
                    return '#' + p.build + ' ' + new Date(p.at).toLocaleString() + '\n' + p.title + ': ' + p.word + '\n' + p.text;
                }
            },
            dataZoom: [
                { type: 'inside', xAxisIndex: [0, 1], filterMode: 'none' },
                { type: 'slider', xAxisIndex: [0, 1], filterMode: 'none', height: 14, bottom: 30, showDataShadow: false, brushSelect: false, textStyle: { color: text } }
            ],
            xAxis: [
                { type: 'category', data: names, axisLabel: label, axisTick: { show: false } },
                { type: 'category', data: names, gridIndex: 1, axisLabel: { show: false }, axisTick: { show: false }, axisLine: { lineStyle: { color: colours.line } } }
            ],
            yAxis: [
                {
                    type: 'log', min: LEAST, max: Math.pow(10, Math.ceil(Math.log10(highest))), name: words.outage, nameLocation: 'middle',
                    nameGap: left - 16, nameTextStyle: { color: text }, axisLabel: { color: text, formatter: duration },
                    splitLine: { lineStyle: { color: colours.line } }
                },
                { type: 'value', gridIndex: 1, min: -1, max: 1, show: false }
            ],
            series: series(points, builds, words, colours)
        };
    }

    function draw(place, points) {
        const chart = echarts.init(place);
        const paint = () => chart.setOption(option(points, place.dataset, chart.getWidth(), getComputedStyle(place).color), true);
        paint();
        chart.on('click', event => {
            if (event.data && event.data.point) { window.location.href = place.dataset.job + event.data.point.url; }
        });
        place.addEventListener('keydown', event => {
            if (event.key === 'Enter') { window.location.href = place.dataset.job + 'baton/'; }
            window.batonZoomByKey(chart, event);
        });
        window.addEventListener('resize', () => { chart.resize(); paint(); });
        window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
    }

    document.querySelectorAll('.baton-trend').forEach(place => {
        fetch(place.dataset.job + 'baton/trend')
            .then(answer => answer.ok ? answer.json() : Promise.reject(new Error(answer.status)))
            .then(points => { if (points.length) { draw(place, points); } else { place.hidden = true; } })
            .catch(() => { place.textContent = place.dataset.unreadable; });
    });
})();
