<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>5 hours</source>
        <translation>5 小时</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>A proxy is set in your environment, and this tool's settings cannot say what it is not for: add 127.0.0.1,localhost to NO_PROXY in your shell's profile.</source>
        <translation>你的环境中设置了代理，而此工具的设置无法排除地址：请在 shell 配置文件中把 127.0.0.1,localhost 加入 NO_PROXY。</translation>
    </message>
    <message>
        <source>A window of a login is used up</source>
        <translation>某个登录的窗口已用完</translation>
    </message>
    <message>
        <source>AI Assistant takes only an address that speaks OpenAI's format. The nearest way is Claude Code's plugin for JetBrains, which is connected with Claude Code.</source>
        <translation>AI Assistant 只接受使用 OpenAI 格式的地址。最接近的办法是 Claude Code 的 JetBrains 插件，它随 Claude Code 一起连接。</translation>
    </message>
    <message>
        <source>Another program uses the port</source>
        <translation>端口被其他程序占用</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已应答</translation>
    </message>
    <message>
        <source>Answered by Sluice again: saved {money}.</source>
        <translation>由 Sluice 再次应答：节省 {money}。</translation>
    </message>
    <message>
        <source>Anthropic had throttled this pool and said how long to wait.</source>
        <translation>Anthropic 对这个额度池限流，并说明了等待时间。</translation>
    </message>
    <message>
        <source>Anthropic is overloaded</source>
        <translation>Anthropic 过载</translation>
    </message>
    <message numerus="yes">
        <source>Anthropic is overloaded, not your quota. Tried {n} times.</source>
        <translation>
            <numerusform>Anthropic 过载，与你的额度无关。已尝试 {n} 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Anthropic refused it with status {status}: {why}.</source>
        <translation>Anthropic 以状态 {status} 拒绝：{why}。</translation>
    </message>
    <message>
        <source>Anthropic runs the rows at half price, within a day.</source>
        <translation>Anthropic 以半价在一天内处理这些行。</translation>
    </message>
    <message numerus="yes">
        <source>Anthropic throttled this request. Tried {n} times.</source>
        <translation>
            <numerusform>Anthropic 限流了这个请求。已尝试 {n} 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Anthropic was overloaded.</source>
        <translation>Anthropic 当时过载。</translation>
    </message>
    <message>
        <source>As many requests were in flight as may be.</source>
        <translation>同时进行的请求已达上限。</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动设置</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Caller hung up</source>
        <translation>调用方已断开</translation>
    </message>
    <message>
        <source>Cancelled by you</source>
        <translation>由你取消</translation>
    </message>
    <message>
        <source>Cancelled by you after {held}.</source>
        <translation>{held}后由你取消。</translation>
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
        <source>Chat: Manage Language Models, add a custom endpoint, API type Anthropic messages. The address is the whole path.</source>
        <translation>Chat: Manage Language Models，添加自定义端点，API 类型选 Anthropic messages。地址是完整路径。</translation>
    </message>
    <message>
        <source>Choose the model by COPILOT_MODEL.</source>
        <translation>用 COPILOT_MODEL 选择模型。</translation>
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
        <source>Connection broke</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Disconnect tools…</source>
        <translation>断开工具…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Done about {time}</source>
        <translation>约 {time} 完成</translation>
    </message>
    <message>
        <source>Done, from cache</source>
        <translation>完成，来自缓存</translation>
    </message>
    <message>
        <source>Ended {real}</source>
        <translation>结束于 {real}</translation>
    </message>
    <message>
        <source>Engine restarting, try {attempt} of {tries}</source>
        <translation>引擎正在重启，第 {attempt} 次尝试，共 {tries} 次</translation>
    </message>
    <message>
        <source>Engine restarting, try {attempt} of {tries} in {time}</source>
        <translation>引擎正在重启，{time}后第 {attempt} 次尝试，共 {tries} 次</translation>
    </message>
    <message>
        <source>Estimated, then real</source>
        <translation>估算与实际</translation>
    </message>
    <message>
        <source>Estimated: refilled since the last answer</source>
        <translation>估算：上次应答后已恢复</translation>
    </message>
    <message>
        <source>Estimated: {amount} more for requests in flight</source>
        <translation>估算：进行中的请求还要用 {amount}</translation>
    </message>
    <message>
        <source>Every model with the provider “anthropic” in its config.yaml is pointed here.</source>
        <translation>config.yaml 中提供方为“anthropic”的每个模型都会指向这里。</translation>
    </message>
    <message>
        <source>Every tool that is started from a new shell gets both variables.</source>
        <translation>从新 shell 启动的每个工具都会得到这两个变量。</translation>
    </message>
    <message>
        <source>Every tool that mise starts, or a shell in which it is active, gets both variables.</source>
        <translation>由 mise 启动的每个工具，或启用了 mise 的 shell，都会得到这两个变量。</translation>
    </message>
    <message>
        <source>Extra usage</source>
        <translation>额外用量</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Failed: {why}</source>
        <translation>失败：{why}</translation>
    </message>
    <message>
        <source>First (interactive)</source>
        <translation>优先（交互）</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首个 token</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>From cache</source>
        <translation>来自缓存</translation>
    </message>
    <message>
        <source>From cache, saved {money}</source>
        <translation>来自缓存，节省 {money}</translation>
    </message>
    <message>
        <source>Full again in {time}</source>
        <translation>{time}后恢复满额</translation>
    </message>
    <message>
        <source>Goose keeps keys in the system's keychain: run goose configure, choose Anthropic, and enter the token there.</source>
        <translation>Goose 把密钥保存在系统钥匙串中：运行 goose configure，选择 Anthropic，在那里填入令牌。</translation>
    </message>
    <message>
        <source>HTTP {status}</source>
        <translation>HTTP {status}</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>等候中</translation>
    </message>
    <message>
        <source>Held since {since}: paused by you</source>
        <translation>{since} 起等候：你已暂停</translation>
    </message>
    <message>
        <source>Held {time}</source>
        <translation>等候 {time}</translation>
    </message>
    <message>
        <source>Held {time} behind {tool}</source>
        <translation>已等 {time}：让 {tool} 先行</translation>
    </message>
    <message>
        <source>Held {time} for {what}</source>
        <translation>已等 {time}：等{what}</translation>
    </message>
    <message>
        <source>Held {time}: Anthropic is overloaded</source>
        <translation>已等 {time}：Anthropic 过载</translation>
    </message>
    <message>
        <source>Held {time}: a limit is used up</source>
        <translation>已等 {time}：限额已用完</translation>
    </message>
    <message>
        <source>Held {time}: as many are out as there is room for</source>
        <translation>已等 {time}：同时进行的请求已达上限</translation>
    </message>
    <message>
        <source>Held {time}: learning this pool’s limits</source>
        <translation>已等 {time}：正在了解这个额度池的限额</translation>
    </message>
    <message>
        <source>Held {time}: many came at once</source>
        <translation>已等 {time}：同时来了很多请求</translation>
    </message>
    <message>
        <source>Held {time}: others are before it</source>
        <translation>已等 {time}：前面还有其他请求</translation>
    </message>
    <message>
        <source>Held {time}: the keyring is locked</source>
        <translation>已等 {time}：密钥环已锁定</translation>
    </message>
    <message>
        <source>Held {time}: throttled by Anthropic</source>
        <translation>已等 {time}：被 Anthropic 限流</translation>
    </message>
    <message>
        <source>Held {time}: throttled, Anthropic asks for {asked}</source>
        <translation>已等 {time}：被限流，Anthropic 要求等 {asked}</translation>
    </message>
    <message>
        <source>Held: {tool}, {facts}.</source>
        <translation>等候中：{tool}，{facts}。</translation>
    </message>
    <message>
        <source>In</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>In a Message Batch</source>
        <translation>在 Message Batch 中</translation>
    </message>
    <message>
        <source>In its option “env”: in Python that is added to the environment, in TypeScript it replaces it, so spread process.env into it.</source>
        <translation>在它的“env”选项中：Python 中会添加到环境，TypeScript 中会替换环境，因此请把 process.env 展开放入其中。</translation>
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
        <source>Input ≈ {guess}, real {real}.</source>
        <translation>输入 ≈ {guess}，实际 {real}。</translation>
    </message>
    <message>
        <source>Input ≈ {guess}.</source>
        <translation>输入 ≈ {guess}。</translation>
    </message>
    <message>
        <source>It has no setting for an address of your own. The nearest way is Claude Code in its terminal.</source>
        <translation>它没有自定义地址的设置。最接近的办法是在它的终端中使用 Claude Code。</translation>
    </message>
    <message>
        <source>It has no settings file for this. In its Developer menu choose Configure Third-Party Inference and enter both.</source>
        <translation>它没有用于此项的设置文件。请在其 Developer 菜单中选择 Configure Third-Party Inference，并填入这两项。</translation>
    </message>
    <message>
        <source>It keeps its settings in VS Code's own store. In Cline's settings choose Anthropic, tick Use custom base URL, and enter both.</source>
        <translation>它把设置保存在 VS Code 自己的存储中。请在 Cline 的设置中选择 Anthropic，勾选 Use custom base URL，并填入这两项。</translation>
    </message>
    <message>
        <source>It keeps its settings in VS Code's own store. In its provider settings choose Anthropic, tick Use custom base URL, and enter both.</source>
        <translation>它把设置保存在 VS Code 自己的存储中。请在它的提供方设置中选择 Anthropic，勾选 Use custom base URL，并填入这两项。</translation>
    </message>
    <message>
        <source>It needs a key.</source>
        <translation>需要一个密钥。</translation>
    </message>
    <message>
        <source>It saved {money}.</source>
        <translation>节省 {money}。</translation>
    </message>
    <message>
        <source>It speaks OpenAI's Responses format only, which is not Claude's. The nearest way is Claude Code or opencode.</source>
        <translation>它只使用 OpenAI 的 Responses 格式，不是 Claude 的格式。最接近的办法是 Claude Code 或 opencode。</translation>
    </message>
    <message numerus="yes">
        <source>It stopped at {time} and {n} restarts failed.</source>
        <translation>
            <numerusform>{time} 停止，{n} 次重启均失败。</numerusform>
        </translation>
    </message>
    <message>
        <source>It stopped at {time}.</source>
        <translation>{time} 停止。</translation>
    </message>
    <message>
        <source>It wants /v1 in the address. Or in code: createAnthropic({ baseURL: …, apiKey: … }).</source>
        <translation>它要求地址中带 /v1。或在代码中：createAnthropic({ baseURL: …, apiKey: … })。</translation>
    </message>
    <message>
        <source>It was the turn of others before it.</source>
        <translation>当时轮到其他请求先行。</translation>
    </message>
    <message>
        <source>It went at once.</source>
        <translation>立即发出。</translation>
    </message>
    <message>
        <source>It went when there was room.</source>
        <translation>有余量时发出。</translation>
    </message>
    <message>
        <source>It went when {free} were free.</source>
        <translation>余量为 {free} 时发出。</translation>
    </message>
    <message>
        <source>Its requests go through Cursor's own servers, which cannot reach this machine, and it speaks OpenAI's format. The nearest way is Claude Code in Cursor's terminal.</source>
        <translation>它的请求经由 Cursor 自己的服务器，那里无法访问本机，而且它使用 OpenAI 的格式。最接近的办法是在 Cursor 的终端中使用 Claude Code。</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>Key “{name}”</source>
        <translation>密钥“{name}”</translation>
    </message>
    <message>
        <source>Keys {names} · one organization, shared limits</source>
        <translation>密钥 {names} · 同一组织，共用限额</translation>
    </message>
    <message>
        <source>Last (batch)</source>
        <translation>最后（批处理）</translation>
    </message>
    <message>
        <source>Learned: a subscription with these windows: {names}.</source>
        <translation>已了解：订阅，窗口为：{names}。</translation>
    </message>
    <message>
        <source>Learned: plan {plan}. {limits}</source>
        <translation>已了解：方案 {plan}。{limits}</translation>
    </message>
    <message>
        <source>Learned: {limits}</source>
        <translation>已了解：{limits}</translation>
    </message>
    <message>
        <source>Limit {limit}</source>
        <translation>限额 {limit}</translation>
    </message>
    <message>
        <source>Limit {limit} a minute</source>
        <translation>限额每分钟 {limit}</translation>
    </message>
    <message>
        <source>Merged, {count} a call</source>
        <translation>合并，每次 {count} 行</translation>
    </message>
    <message>
        <source>Message Batches</source>
        <translation>Message Batches</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Name it by --file. Keep it out of version control: it holds a token.</source>
        <translation>请用 --file 指定它。不要纳入版本控制：其中有令牌。</translation>
    </message>
    <message>
        <source>New requests will wait.</source>
        <translation>新请求会等候。</translation>
    </message>
    <message>
        <source>No answer has told this model’s limits yet; those of the smallest plan are assumed.</source>
        <translation>还没有应答告知此模型的限额，暂按最小方案计算。</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>超时未应答</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>No connection to the API</source>
        <translation>无法连接 API</translation>
    </message>
    <message>
        <source>No connection to the API could be made; nothing was sent.</source>
        <translation>无法连接 API；没有发出任何内容。</translation>
    </message>
    <message>
        <source>No limit known yet. Each meter appears with the first answer that names it.</source>
        <translation>还不知道任何限额。第一个带有限额的应答到达后，计量才会出现。</translation>
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
        <source>Not held</source>
        <translation>没有等候</translation>
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
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>Nothing had to be estimated.</source>
        <translation>无需估算。</translation>
    </message>
    <message>
        <source>Nothing was read from it.</source>
        <translation>没有从中读取。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>One by one</source>
        <translation>逐行</translation>
    </message>
    <message>
        <source>One request a row, behind your tools: they always go first.</source>
        <translation>每行一个请求，排在你的工具之后：它们始终优先。</translation>
    </message>
    <message>
        <source>Open again {time}</source>
        <translation>{time} 重新开放</translation>
    </message>
    <message>
        <source>Or for one model of its proxy: api_base and api_key in its litellm_params.</source>
        <translation>或用于其代理中的某个模型：litellm_params 里的 api_base 和 api_key。</translation>
    </message>
    <message>
        <source>Or in code: Anthropic(base_url=…, api_key=…).</source>
        <translation>或在代码中：Anthropic(base_url=…, api_key=…)。</translation>
    </message>
    <message>
        <source>Or in code: AnthropicProvider(base_url=…, api_key=…).</source>
        <translation>或在代码中：AnthropicProvider(base_url=…, api_key=…)。</translation>
    </message>
    <message>
        <source>Or in code: ChatAnthropic(base_url=…, api_key=…). A set ANTHROPIC_API_URL wins.</source>
        <translation>或在代码中：ChatAnthropic(base_url=…, api_key=…)。若设置了 ANTHROPIC_API_URL，则以它为准。</translation>
    </message>
    <message>
        <source>Or in code: new Anthropic({ baseURL: …, apiKey: … }).</source>
        <translation>或在代码中：new Anthropic({ baseURL: …, apiKey: … })。</translation>
    </message>
    <message>
        <source>Or in its provider settings: Anthropic, Use custom base URL.</source>
        <translation>或在它的提供方设置中：Anthropic，Use custom base URL。</translation>
    </message>
    <message>
        <source>Other model served</source>
        <translation>由其他模型应答</translation>
    </message>
    <message>
        <source>Others use this quota too, so a look at what was left came first.</source>
        <translation>其他程序也在用这个额度，因此先查看了余量。</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Output ≈ {guess}, real {real}.</source>
        <translation>输出 ≈ {guess}，实际 {real}。</translation>
    </message>
    <message>
        <source>Overloaded</source>
        <translation>过载</translation>
    </message>
    <message>
        <source>Overloaded, sent again</source>
        <translation>过载，已重发</translation>
    </message>
    <message>
        <source>Paste prompts, one a line, or drop a file.</source>
        <translation>粘贴提示词，每行一条，或拖入文件。</translation>
    </message>
    <message>
        <source>Paused by you</source>
        <translation>你已暂停</translation>
    </message>
    <message>
        <source>Points at {address}.</source>
        <translation>指向 {address}。</translation>
    </message>
    <message>
        <source>Predicted {predicted}, real {real}</source>
        <translation>预计 {predicted}，实际 {real}</translation>
    </message>
    <message>
        <source>Prompt cache</source>
        <translation>提示缓存</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Ready to connect</source>
        <translation>可以连接</translation>
    </message>
    <message>
        <source>Refused by Sluice</source>
        <translation>被 Sluice 拒绝</translation>
    </message>
    <message>
        <source>Refused: Sluice stopped</source>
        <translation>拒绝：Sluice 停止</translation>
    </message>
    <message>
        <source>Refused: budget spent</source>
        <translation>拒绝：预算用完</translation>
    </message>
    <message>
        <source>Refused: held too long</source>
        <translation>拒绝：等候过久</translation>
    </message>
    <message>
        <source>Refused: larger than the limit</source>
        <translation>拒绝：超过限额</translation>
    </message>
    <message>
        <source>Refused: no key</source>
        <translation>拒绝：没有密钥</translation>
    </message>
    <message>
        <source>Refused: spend cap reached</source>
        <translation>拒绝：达到支出上限</translation>
    </message>
    <message>
        <source>Refused: too many wait</source>
        <translation>拒绝：等候过多</translation>
    </message>
    <message>
        <source>Refused: window used up</source>
        <translation>拒绝：窗口用完</translation>
    </message>
    <message>
        <source>Reload the VS Code window afterwards. It reads Claude Code's own settings as well.</source>
        <translation>之后请重新加载 VS Code 窗口。它也读取 Claude Code 自己的设置。</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Requests get an error at once so that your tools can try again; batches wait. Cached answers still work.</source>
        <translation>请求会立即报错，由工具自行重试；批处理等待。缓存的回答仍可用。</translation>
    </message>
    <message>
        <source>Requests go on as usual.</source>
        <translation>请求照常。</translation>
    </message>
    <message>
        <source>Requests with a key of their own are served meanwhile.</source>
        <translation>自带密钥的请求照常服务。</translation>
    </message>
    <message>
        <source>Response cache</source>
        <translation>回答缓存</translation>
    </message>
    <message>
        <source>Revoked or mistyped; nothing is sent with it. Store another one.</source>
        <translation>已撤销或有误；不再用它发送。请更换密钥。</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Runs out {when}</source>
        <translation>{when}用完</translation>
    </message>
    <message>
        <source>Runs out {when}; full again {time} after</source>
        <translation>{when}用完，其后 {time}恢复满额</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message numerus="yes">
        <source>Saved today {money}: {n} cached answers, {tokens} tokens</source>
        <translation>
            <numerusform>今日节省 {money}：缓存回答 {n} 次，{tokens} token</numerusform>
        </translation>
    </message>
    <message>
        <source>Sessions that are open already keep their old address until they are started again.</source>
        <translation>已经打开的会话在重新启动之前仍使用旧地址。</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Several rows are asked at once and each answer is checked; a missing or malformed one runs again alone. Your tools always go first.</source>
        <translation>一次询问多行，并检查每个回答；缺少或格式不对的会单独重试。你的工具始终优先。</translation>
    </message>
    <message>
        <source>Since {time}:</source>
        <translation>{time} 起：</translation>
    </message>
    <message>
        <source>Sluice held as many requests as it has room for.</source>
        <translation>Sluice 的等候队列已满。</translation>
    </message>
    <message>
        <source>Sluice held this request for {held}; its turn did not come.</source>
        <translation>Sluice 让这个请求等候了 {held}，仍未轮到它。</translation>
    </message>
    <message>
        <source>Sluice held this request for {held}; {what} on {model} ({limit} a minute) did not free up in time.</source>
        <translation>已等候 {held}；{model} 的{what}（每分钟 {limit}）未能及时空出。</translation>
    </message>
    <message>
        <source>Sluice made a mistake</source>
        <translation>Sluice 出错了</translation>
    </message>
    <message>
        <source>Sluice refused it: {code}.</source>
        <translation>Sluice 拒绝：{code}。</translation>
    </message>
    <message>
        <source>Sluice was stopping.</source>
        <translation>Sluice 正在停止。</translation>
    </message>
    <message>
        <source>Something needs your attention</source>
        <translation>有一件事需要你处理</translation>
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
        <source>Start engine</source>
        <translation>启动引擎</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>TSV</source>
        <translation>TSV</translation>
    </message>
    <message>
        <source>The command for warnings failed</source>
        <translation>警告命令执行失败</translation>
    </message>
    <message>
        <source>The connection broke after the request was sent. It may have been answered and billed, so it was not sent again.</source>
        <translation>请求发出后连接中断。它可能已被处理并计费，因此没有重发。</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未运行</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>引擎未运行。</translation>
    </message>
    <message>
        <source>The file was changed by another program just now. Nothing was written; try again.</source>
        <translation>文件刚被另一个程序改动。没有写入任何内容；请重试。</translation>
    </message>
    <message>
        <source>The first request from “{tool}” arrived.</source>
        <translation>已收到“{tool}”的第一个请求。</translation>
    </message>
    <message>
        <source>The history could not be backed up</source>
        <translation>历史记录无法备份</translation>
    </message>
    <message>
        <source>The history is from a newer version</source>
        <translation>历史记录来自更新的版本</translation>
    </message>
    <message>
        <source>The history is not being written</source>
        <translation>历史记录未被写入</translation>
    </message>
    <message>
        <source>The history was restored from its backup</source>
        <translation>历史记录已从备份恢复</translation>
    </message>
    <message>
        <source>The key of Sluice’s could not be read from the keyring.</source>
        <translation>无法从密钥环读取 Sluice 的密钥。</translation>
    </message>
    <message>
        <source>The keyring cannot be used</source>
        <translation>密钥环无法使用</translation>
    </message>
    <message>
        <source>The limits of this pool were not known yet, so one answer came first.</source>
        <translation>当时还不知道这个额度池的限额，因此先等一个应答。</translation>
    </message>
    <message>
        <source>The organization answers nothing more. Sluice refuses at once and does not retry: raise the limit, or wait.</source>
        <translation>组织不再应答任何请求。Sluice 立即拒绝，不重试：请提高上限，或等待。</translation>
    </message>
    <message>
        <source>The organization’s monthly spend cap is reached. Retrying does not help.</source>
        <translation>组织的每月支出上限已达到。重试没有用。</translation>
    </message>
    <message>
        <source>The organization’s spend cap is reached</source>
        <translation>组织的支出上限已达到</translation>
    </message>
    <message>
        <source>The plugin llm-anthropic has no setting for it, and reads these.</source>
        <translation>插件 llm-anthropic 没有此项设置，它读取这些变量。</translation>
    </message>
    <message>
        <source>The request was sent, and no answer came in time.</source>
        <translation>请求已发出，但没有及时得到应答。</translation>
    </message>
    <message>
        <source>The response cache is off</source>
        <translation>回答缓存已关闭</translation>
    </message>
    <message>
        <source>The settings file has a mistake</source>
        <translation>设置文件有误</translation>
    </message>
    <message>
        <source>The stored key is refused</source>
        <translation>存储的密钥被拒绝</translation>
    </message>
    <message>
        <source>The tool's settings file is not there yet. Start the tool once, then connect it.</source>
        <translation>工具的设置文件还不存在。请先启动一次该工具，再连接它。</translation>
    </message>
    <message>
        <source>The window of this login is used up. Other logins and keys are not affected.</source>
        <translation>这个登录的窗口已用完。其他登录和密钥不受影响。</translation>
    </message>
    <message>
        <source>There is nothing to send yet.</source>
        <translation>还没有可发送的内容。</translation>
    </message>
    <message>
        <source>This month {money}</source>
        <translation>本月 {money}</translation>
    </message>
    <message>
        <source>This month {money} of {limit}</source>
        <translation>本月 {money} / {limit}</translation>
    </message>
    <message>
        <source>This request</source>
        <translation>这个请求</translation>
    </message>
    <message>
        <source>This request needs about {need} input tokens; the limit is {limit} a minute, so it can never go. Shorten it or raise the plan.</source>
        <translation>这个请求约需 {need} 输入 token，而限额是每分钟 {limit}，永远无法发出。请缩短请求或升级方案。</translation>
    </message>
    <message>
        <source>This server states no limits</source>
        <translation>该服务器不告知限额</translation>
    </message>
    <message>
        <source>Throttled</source>
        <translation>被限流</translation>
    </message>
    <message>
        <source>Throttled by Anthropic</source>
        <translation>被 Anthropic 限流</translation>
    </message>
    <message>
        <source>Throttled, sent again</source>
        <translation>被限流，已重发</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Tok/s</source>
        <translation>Tok/s</translation>
    </message>
    <message>
        <source>Tokens by day</source>
        <translation>每天 token</translation>
    </message>
    <message>
        <source>Tokens by hour</source>
        <translation>每小时 token</translation>
    </message>
    <message>
        <source>Tokens by model</source>
        <translation>各模型 token</translation>
    </message>
    <message>
        <source>Tokens by tool</source>
        <translation>各工具 token</translation>
    </message>
    <message>
        <source>Too many files are open</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Too many requests came at once; they were let go one after another.</source>
        <translation>请求同时到来过多，因此逐个放行。</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Tools reconnect by themselves.</source>
        <translation>工具会自动重连。</translation>
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
        <source>Wait ≈ {guess}, real {real}.</source>
        <translation>等候 ≈ {guess}，实际 {real}。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等候</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Why this one failed</source>
        <translation>它为何失败</translation>
    </message>
    <message>
        <source>Why this one waited</source>
        <translation>它为何等候</translation>
    </message>
    <message>
        <source>You had paused Sluice.</source>
        <translation>你暂停了 Sluice。</translation>
    </message>
    <message>
        <source>Your own budget is spent. Raise it in the settings, or wait for its reset.</source>
        <translation>你设置的预算已用完。可在设置中提高，或等它重置。</translation>
    </message>
    <message>
        <source>Zed keeps keys in the system's keychain: open its Agent settings, Anthropic, and enter the token there.</source>
        <translation>Zed 把密钥保存在系统钥匙串中：打开它的 Agent 设置，选择 Anthropic，在那里填入令牌。</translation>
    </message>
    <message>
        <source>about {percent} used at reset</source>
        <translation>重置时约用 {percent}</translation>
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
        <source>all models</source>
        <translation>所有模型</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation>
            <numerusform>另有 {n} 项</numerusform>
        </translation>
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
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>column {name}</source>
        <translation>列 {name}</translation>
    </message>
    <message>
        <source>configured</source>
        <translation>按设置</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>告急</translation>
    </message>
    <message>
        <source>engine restarting</source>
        <translation>引擎正在重启</translation>
    </message>
    <message>
        <source>engine stopped</source>
        <translation>引擎已停止</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>估算</translation>
    </message>
    <message>
        <source>extra usage</source>
        <translation>额外用量</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>full again {time}</source>
        <translation>{time} 恢复满额</translation>
    </message>
    <message>
        <source>idle since {time}</source>
        <translation>{time} 起空闲</translation>
    </message>
    <message>
        <source>in about {time}</source>
        <translation>约 {time}后</translation>
    </message>
    <message>
        <source>in the last minute</source>
        <translation>（最近一分钟）</translation>
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
        <source>last hour: {low} to {high} percent used</source>
        <translation>最近一小时：已用百分之 {low} 到 {high}</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>文本行</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>measured {time} ago</source>
        <translation>实测，{time}前</translation>
    </message>
    <message numerus="yes">
        <source>no forecast yet: {n} more minutes of use needed</source>
        <translation>
            <numerusform>还不能预测：需要再使用 {n} 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>no reading yet</source>
        <translation>还没有读数</translation>
    </message>
    <message>
        <source>none left</source>
        <translation>已用尽</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>nothing in flight</source>
        <translation>没有进行中的请求</translation>
    </message>
    <message>
        <source>of {limit}</source>
        <translation>/ {limit}</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>often under 1 h</source>
        <translation>常在 1 小时内</translation>
    </message>
    <message>
        <source>on pace</source>
        <translation>与时间进度持平</translation>
    </message>
    <message>
        <source>output tokens</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>own credential</source>
        <translation>自带凭据</translation>
    </message>
    <message>
        <source>paragraphs</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>per minute</source>
        <translation>每分钟</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>已计划</translation>
    </message>
    <message>
        <source>predicted {time}</source>
        <translation>预计 {time}</translation>
    </message>
    <message>
        <source>ready, nothing sent yet</source>
        <translation>就绪，还没有请求</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>resets in {time}</source>
        <translation>{time}后重置</translation>
    </message>
    <message>
        <source>resets {time}</source>
        <translation>{time} 重置</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>runs out {time}</source>
        <translation>{time} 用完</translation>
    </message>
    <message>
        <source>same as {number}, runs once</source>
        <translation>与第 {number} 行相同，只执行一次</translation>
    </message>
    <message numerus="yes">
        <source>sent again {n} times</source>
        <translation>
            <numerusform>重发 {n} 次</numerusform>
        </translation>
    </message>
    <message>
        <source>speed {name}</source>
        <translation>速度 {name}</translation>
    </message>
    <message>
        <source>spent</source>
        <translation>已花费</translation>
    </message>
    <message>
        <source>stale {time}</source>
        <translation>{time}未更新</translation>
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
        <source>tier {name}</source>
        <translation>层级 {name}</translation>
    </message>
    <message>
        <source>time of answers</source>
        <translation>应答时间</translation>
    </message>
    <message>
        <source>today’s budget</source>
        <translation>今日预算</translation>
    </message>
    <message>
        <source>upstream’s id {name}</source>
        <translation>上游 ID {name}</translation>
    </message>
    <message>
        <source>used up</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>within 24 h</source>
        <translation>24 小时内</translation>
    </message>
    <message>
        <source>within {time}</source>
        <translation>{time}内</translation>
    </message>
    <message>
        <source>{answered} answered</source>
        <translation>{answered}已回答</translation>
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
        <source>{done} of {rows}</source>
        <translation>{done} / {rows}</translation>
    </message>
    <message>
        <source>{early} to {late}</source>
        <translation>{early} 至 {late}</translation>
    </message>
    <message>
        <source>{facts}, {pace}</source>
        <translation>{facts}，{pace}</translation>
    </message>
    <message>
        <source>{in_flight}, {held}</source>
        <translation>{in_flight}，{held}</translation>
    </message>
    <message>
        <source>{input} in, {output} out</source>
        <translation>输入 {input}，输出 {output}</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>剩 {left} / {limit}</translation>
    </message>
    <message>
        <source>{limit} a minute on {model}.</source>
        <translation>{model} 每分钟 {limit}。</translation>
    </message>
    <message>
        <source>{limit} in all, no reading yet</source>
        <translation>共 {limit}，还没有读数</translation>
    </message>
    <message>
        <source>{meter} run out {when}</source>
        <translation>{meter} {when}用完</translation>
    </message>
    <message>
        <source>{meter} used up</source>
        <translation>{meter}已用完</translation>
    </message>
    <message>
        <source>{meter}, {pool}</source>
        <translation>{meter}，{pool}</translation>
    </message>
    <message>
        <source>{meter}: runs out {when}</source>
        <translation>{meter}：{when}用完</translation>
    </message>
    <message>
        <source>{meter}: {facts}.</source>
        <translation>{meter}：{facts}。</translation>
    </message>
    <message>
        <source>{model} · login</source>
        <translation>{model} · 登录</translation>
    </message>
    <message>
        <source>{model}: {requests} requests, {inward} in, {outward} out a minute.</source>
        <translation>{model}：每分钟 {requests} 个请求、输入 {inward}、输出 {outward}。</translation>
    </message>
    <message>
        <source>{money} left</source>
        <translation>剩 {money}</translation>
    </message>
    <message>
        <source>{name} ({state})</source>
        <translation>{name}（{state}）</translation>
    </message>
    <message>
        <source>{number} d</source>
        <translation>{number} 天</translation>
    </message>
    <message>
        <source>{number} failed</source>
        <translation>{number} 个失败</translation>
    </message>
    <message>
        <source>{number} from cache</source>
        <translation>{number} 个来自缓存</translation>
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
        <source>{number} ms</source>
        <translation>{number} 毫秒</translation>
    </message>
    <message>
        <source>{number} overloaded</source>
        <translation>{number} 次过载</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} 秒</translation>
    </message>
    <message>
        <source>{number} throttled</source>
        <translation>{number} 次限流</translation>
    </message>
    <message numerus="yes">
        <source>{n} batches</source>
        <translation>
            <numerusform>{n} 个批次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} days</source>
        <translation>
            <numerusform>{n} 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} duplicates run once</source>
        <translation>
            <numerusform>{n} 行重复，只执行一次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} failed</source>
        <translation>
            <numerusform>{n} 失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} held</source>
        <translation>
            <numerusform>{n} 个等候</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} hours</source>
        <translation>
            <numerusform>{n} 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} in flight</source>
        <translation>
            <numerusform>{n} 个进行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} lines added</source>
        <translation>
            <numerusform>新增 {n} 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} percent used</source>
        <translation>
            <numerusform>已用百分之 {n}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} points over pace</source>
        <translation>
            <numerusform>比时间进度快 {n} 点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} points under pace</source>
        <translation>
            <numerusform>比时间进度慢 {n} 点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} removed</source>
        <translation>
            <numerusform>移除 {n} 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} requests</source>
        <translation>
            <numerusform>{n} 个请求</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} requests wait until you resume.</source>
        <translation>
            <numerusform>{n} 个请求等你继续。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows</source>
        <translation>
            <numerusform>{n} 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows cannot be sent</source>
        <translation>
            <numerusform>{n} 行无法发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} running</source>
        <translation>
            <numerusform>{n} 进行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tokens</source>
        <translation>
            <numerusform>{n} 个 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tools point here and get no answer</source>
        <translation>
            <numerusform>{n} 个工具指向这里，得不到应答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} waiting</source>
        <translation>
            <numerusform>{n} 等候</numerusform>
        </translation>
    </message>
    <message>
        <source>{pace}, {end}</source>
        <translation>{pace}，{end}</translation>
    </message>
    <message>
        <source>{percent} left</source>
        <translation>剩 {percent}</translation>
    </message>
    <message>
        <source>{percent} used</source>
        <translation>已用 {percent}</translation>
    </message>
    <message>
        <source>{plan}, per minute</source>
        <translation>{plan}，每分钟</translation>
    </message>
    <message>
        <source>{pool}, at the pace of now</source>
        <translation>{pool}，按现在的速度</translation>
    </message>
    <message>
        <source>{pool}, open again {time}</source>
        <translation>{pool}，{time} 重新开放</translation>
    </message>
    <message>
        <source>{read} of {whole} tokens were read from it.</source>
        <translation>从中读取 {read} / {whole} token。</translation>
    </message>
    <message>
        <source>{rows} a minute</source>
        <translation>每分钟 {rows}</translation>
    </message>
    <message>
        <source>{rows} from {form}</source>
        <translation>{rows}，来自 {form}</translation>
    </message>
    <message>
        <source>{spent} of about {planned}</source>
        <translation>{spent} / 约 {planned}</translation>
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
        <source>{time} and {money}</source>
        <translation>{time}、{money}</translation>
    </message>
    <message>
        <source>{time} in all</source>
        <translation>共 {time}</translation>
    </message>
    <message>
        <source>{tool}: {facts}.</source>
        <translation>{tool}：{facts}。</translation>
    </message>
    <message>
        <source>{used} were used or in flight.</source>
        <translation>已用或进行中 {used}。</translation>
    </message>
    <message>
        <source>{way}: {requests} requests, about {cost}, done by {time}, limited by {limit}</source>
        <translation>{way}：{requests} 个请求，约 {cost}，{time} 完成，受限于{limit}</translation>
    </message>
    <message>
        <source>{what}: {names}.</source>
        <translation>{what}：{names}。</translation>
    </message>
    <message>
        <source>{what}: {whole} tokens, {out} of them output.</source>
        <translation>{what}：{whole} token，其中输出 {out}。</translation>
    </message>
    <message>
        <source>{window}, {scope}</source>
        <translation>{window}，{scope}</translation>
    </message>
    <message>
        <source>{written} were written into it.</source>
        <translation>写入 {written}。</translation>
    </message>
    <message>
        <source>“{name}” is done</source>
        <translation>“{name}”已完成</translation>
    </message>
</context>
</TS>
