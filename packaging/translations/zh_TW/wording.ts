<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>5 hours</source>
        <translation>5 小時</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手動設定</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>無法讀取</translation>
    </message>
    <message>
        <source>Changed since</source>
        <translation>之後有改動</translation>
    </message>
    <message>
        <source>Changes one settings file. Comments, order and line ends stay as they are.</source>
        <translation>只改一個設定檔。註解、順序和行尾保持原樣。</translation>
    </message>
    <message>
        <source>Connect {tool}</source>
        <translation>連接 {tool}</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已連接</translation>
    </message>
    <message>
        <source>Connected with it</source>
        <translation>隨之連接</translation>
    </message>
    <message>
        <source>Extra usage</source>
        <translation>額外用量</translation>
    </message>
    <message>
        <source>First (interactive)</source>
        <translation>優先（互動）</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>週五</translation>
    </message>
    <message>
        <source>In turn (normal)</source>
        <translation>依次（一般）</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>輸入 token</translation>
    </message>
    <message>
        <source>Last (batch)</source>
        <translation>最後（批次）</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>週一</translation>
    </message>
    <message>
        <source>No tool of the list points here, so none goes without an answer.</source>
        <translation>清單中沒有工具指向這裡，因此沒有工具得不到回應。</translation>
    </message>
    <message>
        <source>Not changed by Sluice</source>
        <translation>Sluice 不作變更</translation>
    </message>
    <message>
        <source>Not pointing here any more</source>
        <translation>已不再指向這裡</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>無法連接</translation>
    </message>
    <message>
        <source>Not seen yet. Ask {tool} anything.</source>
        <translation>尚未收到。請向 {tool} 提任意問題。</translation>
    </message>
    <message>
        <source>Not seen yet. Connect it, then ask {tool} anything.</source>
        <translation>尚未收到。請先連接，再向 {tool} 提任意問題。</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>輸出 token</translation>
    </message>
    <message>
        <source>Points at {address}.</source>
        <translation>指向 {address}。</translation>
    </message>
    <message>
        <source>Ready to connect</source>
        <translation>可以連接</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>請求</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>週六</translation>
    </message>
    <message>
        <source>Spend this month</source>
        <translation>本月花費</translation>
    </message>
    <message>
        <source>Spend today</source>
        <translation>今日花費</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>週日</translation>
    </message>
    <message>
        <source>The first request from “{tool}” arrived.</source>
        <translation>已收到「{tool}」的第一個請求。</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>週四</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>週二</translation>
    </message>
    <message>
        <source>Variables to copy</source>
        <translation>需複製變數</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>週三</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>約 {time}</translation>
    </message>
    <message>
        <source>after interactive tools, before batches</source>
        <translation>在互動工具之後、批次之前</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>before normal tools and batches</source>
        <translation>在一般工具和批次之前</translation>
    </message>
    <message>
        <source>extra usage</source>
        <translation>額外用量</translation>
    </message>
    <message>
        <source>in about {time}</source>
        <translation>約 {time}後</translation>
    </message>
    <message>
        <source>in what the others leave over</source>
        <translation>使用其他工具餘下的額度</translation>
    </message>
    <message>
        <source>in {early} to {late}</source>
        <translation>{early} 到 {late}後</translation>
    </message>
    <message>
        <source>input tokens</source>
        <translation>輸入 token</translation>
    </message>
    <message>
        <source>interactive</source>
        <translation>互動</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>output tokens</source>
        <translation>輸出 token</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>請求</translation>
    </message>
    <message>
        <source>the 5-hour window</source>
        <translation>5 小時視窗</translation>
    </message>
    <message>
        <source>the 7-day window</source>
        <translation>7 天視窗</translation>
    </message>
    <message>
        <source>this model</source>
        <translation>此模型</translation>
    </message>
    <message>
        <source>this month’s budget</source>
        <translation>本月預算</translation>
    </message>
    <message>
        <source>today’s budget</source>
        <translation>今日預算</translation>
    </message>
    <message>
        <source>within {time}</source>
        <translation>{time}內</translation>
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
        <translation>{number} 小時</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number} 分鐘</translation>
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
            <numerusform>{n} 小時</numerusform>
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
            <numerusform>{n} 個工具指向這裡，得不到回應</numerusform>
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
