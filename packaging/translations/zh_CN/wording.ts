<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>5 hours</source>
        <translation>5 小时</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动设置</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Changed since</source>
        <translation>之后有改动</translation>
    </message>
    <message>
        <source>Changes one settings file. Comments, order and line ends stay as they are.</source>
        <translation>只改一个设置文件。注释、顺序和行尾保持原样。</translation>
    </message>
    <message>
        <source>Connect {tool}</source>
        <translation>连接 {tool}</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Connected with it</source>
        <translation>随之连接</translation>
    </message>
    <message>
        <source>Extra usage</source>
        <translation>额外用量</translation>
    </message>
    <message>
        <source>First (interactive)</source>
        <translation>优先（交互）</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>In turn (normal)</source>
        <translation>依次（普通）</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Last (batch)</source>
        <translation>最后（批处理）</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>No tool of the list points here, so none goes without an answer.</source>
        <translation>列表中没有工具指向这里，因此没有工具得不到应答。</translation>
    </message>
    <message>
        <source>Not changed by Sluice</source>
        <translation>Sluice 不作更改</translation>
    </message>
    <message>
        <source>Not pointing here any more</source>
        <translation>已不再指向这里</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>Not seen yet. Ask {tool} anything.</source>
        <translation>尚未收到。请向 {tool} 提任意问题。</translation>
    </message>
    <message>
        <source>Not seen yet. Connect it, then ask {tool} anything.</source>
        <translation>尚未收到。请先连接，再向 {tool} 提任意问题。</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Points at {address}.</source>
        <translation>指向 {address}。</translation>
    </message>
    <message>
        <source>Ready to connect</source>
        <translation>可以连接</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Spend this month</source>
        <translation>本月花费</translation>
    </message>
    <message>
        <source>Spend today</source>
        <translation>今日花费</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>The first request from “{tool}” arrived.</source>
        <translation>已收到“{tool}”的第一个请求。</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Variables to copy</source>
        <translation>需复制变量</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>after interactive tools, before batches</source>
        <translation>在交互工具之后、批处理之前</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>before normal tools and batches</source>
        <translation>在普通工具和批处理之前</translation>
    </message>
    <message>
        <source>extra usage</source>
        <translation>额外用量</translation>
    </message>
    <message>
        <source>in about {time}</source>
        <translation>约 {time}后</translation>
    </message>
    <message>
        <source>in what the others leave over</source>
        <translation>使用其他工具余下的额度</translation>
    </message>
    <message>
        <source>in {early} to {late}</source>
        <translation>{early} 到 {late}后</translation>
    </message>
    <message>
        <source>input tokens</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>interactive</source>
        <translation>交互</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>output tokens</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>the 5-hour window</source>
        <translation>5 小时窗口</translation>
    </message>
    <message>
        <source>the 7-day window</source>
        <translation>7 天窗口</translation>
    </message>
    <message>
        <source>this model</source>
        <translation>此模型</translation>
    </message>
    <message>
        <source>this month’s budget</source>
        <translation>本月预算</translation>
    </message>
    <message>
        <source>today’s budget</source>
        <translation>今日预算</translation>
    </message>
    <message>
        <source>within {time}</source>
        <translation>{time}内</translation>
    </message>
    <message>
        <source>{day} Apr</source>
        <translation>4 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Aug</source>
        <translation>8 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Dec</source>
        <translation>12 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Feb</source>
        <translation>2 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Jan</source>
        <translation>1 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Jul</source>
        <translation>7 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Jun</source>
        <translation>6 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Mar</source>
        <translation>3 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} May</source>
        <translation>5 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Nov</source>
        <translation>11 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Oct</source>
        <translation>10 月 {day} 日</translation>
    </message>
    <message>
        <source>{day} Sep</source>
        <translation>9 月 {day} 日</translation>
    </message>
    <message>
        <source>{early} to {late}</source>
        <translation>{early} 至 {late}</translation>
    </message>
    <message>
        <source>{number} d</source>
        <translation>{number} 天</translation>
    </message>
    <message>
        <source>{number} h</source>
        <translation>{number} 小时</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number} 分钟</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} 秒</translation>
    </message>
    <message numerus="yes">
        <source>{n} days</source>
        <translation>
            <numerusform>{n} 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} hours</source>
        <translation>
            <numerusform>{n} 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} lines added</source>
        <translation>
            <numerusform>新增 {n} 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} removed</source>
        <translation>
            <numerusform>移除 {n} 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tools point here and get no answer</source>
        <translation>
            <numerusform>{n} 个工具指向这里，得不到应答</numerusform>
        </translation>
    </message>
    <message>
        <source>{time} AM</source>
        <translation>上午{time}</translation>
    </message>
    <message>
        <source>{time} PM</source>
        <translation>下午{time}</translation>
    </message>
    <message>
        <source>{what}: {names}.</source>
        <translation>{what}：{names}。</translation>
    </message>
    <message>
        <source>{window}, {scope}</source>
        <translation>{window}，{scope}</translation>
    </message>
</context>
</TS>
