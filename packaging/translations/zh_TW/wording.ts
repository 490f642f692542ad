<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Sluice</name>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>5 hours</source>
        <translation>5 小時</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>A proxy is set in your environment, and this tool's settings cannot say what it is not for: add 127.0.0.1,localhost to NO_PROXY in your shell's profile.</source>
        <translation>你的環境中設定了代理，而此工具的設定無法排除位址：請在 shell 設定檔中把 127.0.0.1,localhost 加入 NO_PROXY。</translation>
    </message>
    <message>
        <source>A window of a login is used up</source>
        <translation>某個登入的視窗額度已用完</translation>
    </message>
    <message>
        <source>AI Assistant takes only an address that speaks OpenAI's format. The nearest way is Claude Code's plugin for JetBrains, which is connected with Claude Code.</source>
        <translation>AI Assistant 只接受使用 OpenAI 格式的位址。最接近的辦法是 Claude Code 的 JetBrains 外掛，它隨 Claude Code 一起連接。</translation>
    </message>
    <message>
        <source>Another program uses the port</source>
        <translation>連接埠被其他程式佔用</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回應</translation>
    </message>
    <message>
        <source>Answered by Sluice again: saved {money}.</source>
        <translation>由 Sluice 再次回應：節省 {money}。</translation>
    </message>
    <message>
        <source>Anthropic had throttled this pool and said how long to wait.</source>
        <translation>Anthropic 對這個額度池限流，並說明了等待時間。</translation>
    </message>
    <message>
        <source>Anthropic is overloaded</source>
        <translation>Anthropic 過載</translation>
    </message>
    <message numerus="yes">
        <source>Anthropic is overloaded, not your quota. Tried {n} times.</source>
        <translation>
            <numerusform>Anthropic 過載，與你的額度無關。已嘗試 {n} 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Anthropic refused it with status {status}: {why}.</source>
        <translation>Anthropic 以狀態 {status} 拒絕：{why}。</translation>
    </message>
    <message>
        <source>Anthropic runs the rows at half price, within a day.</source>
        <translation>Anthropic 以半價在一天內處理這些列。</translation>
    </message>
    <message numerus="yes">
        <source>Anthropic throttled this request. Tried {n} times.</source>
        <translation>
            <numerusform>Anthropic 限流了這個請求。已嘗試 {n} 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Anthropic was overloaded.</source>
        <translation>Anthropic 當時過載。</translation>
    </message>
    <message>
        <source>As many requests were in flight as may be.</source>
        <translation>同時進行的請求已達上限。</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手動設定</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Caller hung up</source>
        <translation>呼叫方已斷線</translation>
    </message>
    <message>
        <source>Cancelled by you</source>
        <translation>由你取消</translation>
    </message>
    <message>
        <source>Cancelled by you after {held}.</source>
        <translation>{held}後由你取消。</translation>
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
        <source>Chat: Manage Language Models, add a custom endpoint, API type Anthropic messages. The address is the whole path.</source>
        <translation>Chat: Manage Language Models，新增自訂端點，API 類型選 Anthropic messages。位址是完整路徑。</translation>
    </message>
    <message>
        <source>Choose the model by COPILOT_MODEL.</source>
        <translation>用 COPILOT_MODEL 選擇模型。</translation>
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
        <source>Connection broke</source>
        <translation>連線中斷</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>費用</translation>
    </message>
    <message>
        <source>Disconnect tools…</source>
        <translation>中斷工具連接…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Done about {time}</source>
        <translation>約 {time} 完成</translation>
    </message>
    <message>
        <source>Done, from cache</source>
        <translation>完成，來自快取</translation>
    </message>
    <message>
        <source>Ended {real}</source>
        <translation>結束於 {real}</translation>
    </message>
    <message>
        <source>Engine restarting, try {attempt} of {tries}</source>
        <translation>引擎正在重新啟動，第 {attempt} 次嘗試，共 {tries} 次</translation>
    </message>
    <message>
        <source>Engine restarting, try {attempt} of {tries} in {time}</source>
        <translation>引擎正在重新啟動，{time}後第 {attempt} 次嘗試，共 {tries} 次</translation>
    </message>
    <message>
        <source>Estimated, then real</source>
        <translation>估算與實際</translation>
    </message>
    <message>
        <source>Estimated: refilled since the last answer</source>
        <translation>估算：上次回應後已恢復</translation>
    </message>
    <message>
        <source>Estimated: {amount} more for requests in flight</source>
        <translation>估算：進行中的請求還要用 {amount}</translation>
    </message>
    <message>
        <source>Every model with the provider “anthropic” in its config.yaml is pointed here.</source>
        <translation>config.yaml 中提供者為「anthropic」的每個模型都會指向這裡。</translation>
    </message>
    <message>
        <source>Every tool that is started from a new shell gets both variables.</source>
        <translation>從新 shell 啟動的每個工具都會得到這兩個變數。</translation>
    </message>
    <message>
        <source>Every tool that mise starts, or a shell in which it is active, gets both variables.</source>
        <translation>由 mise 啟動的每個工具，或啟用了 mise 的 shell，都會得到這兩個變數。</translation>
    </message>
    <message>
        <source>Extra usage</source>
        <translation>額外用量</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Failed: {why}</source>
        <translation>失敗：{why}</translation>
    </message>
    <message>
        <source>First (interactive)</source>
        <translation>優先（互動）</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首個 token</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>週五</translation>
    </message>
    <message>
        <source>From cache</source>
        <translation>來自快取</translation>
    </message>
    <message>
        <source>From cache, saved {money}</source>
        <translation>來自快取，節省 {money}</translation>
    </message>
    <message>
        <source>Full again in {time}</source>
        <translation>{time}後恢復滿額</translation>
    </message>
    <message>
        <source>Goose keeps keys in the system's keychain: run goose configure, choose Anthropic, and enter the token there.</source>
        <translation>Goose 把金鑰保存在系統鑰匙圈中：執行 goose configure，選擇 Anthropic，在那裡填入權杖。</translation>
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
        <translation>{since} 起等候：你已暫停</translation>
    </message>
    <message>
        <source>Held {time}</source>
        <translation>等候 {time}</translation>
    </message>
    <message>
        <source>Held {time} behind {tool}</source>
        <translation>已等 {time}：讓 {tool} 先行</translation>
    </message>
    <message>
        <source>Held {time} for {what}</source>
        <translation>已等 {time}：等{what}</translation>
    </message>
    <message>
        <source>Held {time}: Anthropic is overloaded</source>
        <translation>已等 {time}：Anthropic 過載</translation>
    </message>
    <message>
        <source>Held {time}: a limit is used up</source>
        <translation>已等 {time}：限額已用完</translation>
    </message>
    <message>
        <source>Held {time}: as many are out as there is room for</source>
        <translation>已等 {time}：同時進行的請求已達上限</translation>
    </message>
    <message>
        <source>Held {time}: learning this pool’s limits</source>
        <translation>已等 {time}：正在了解這個額度池的限額</translation>
    </message>
    <message>
        <source>Held {time}: many came at once</source>
        <translation>已等 {time}：同時來了很多請求</translation>
    </message>
    <message>
        <source>Held {time}: others are before it</source>
        <translation>已等 {time}：前面還有其他請求</translation>
    </message>
    <message>
        <source>Held {time}: the keyring is locked</source>
        <translation>已等 {time}：金鑰圈已鎖定</translation>
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
        <translation>輸入</translation>
    </message>
    <message>
        <source>In a Message Batch</source>
        <translation>在 Message Batch 中</translation>
    </message>
    <message>
        <source>In its option “env”: in Python that is added to the environment, in TypeScript it replaces it, so spread process.env into it.</source>
        <translation>在它的「env」選項中：Python 中會加入環境，TypeScript 中會取代環境，因此請把 process.env 展開放入其中。</translation>
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
        <source>Input ≈ {guess}, real {real}.</source>
        <translation>輸入 ≈ {guess}，實際 {real}。</translation>
    </message>
    <message>
        <source>Input ≈ {guess}.</source>
        <translation>輸入 ≈ {guess}。</translation>
    </message>
    <message>
        <source>It has no setting for an address of your own. The nearest way is Claude Code in its terminal.</source>
        <translation>它沒有自訂位址的設定。最接近的辦法是在它的終端機中使用 Claude Code。</translation>
    </message>
    <message>
        <source>It has no settings file for this. In its Developer menu choose Configure Third-Party Inference and enter both.</source>
        <translation>它沒有用於此項的設定檔。請在其 Developer 選單中選擇 Configure Third-Party Inference，並填入這兩項。</translation>
    </message>
    <message>
        <source>It keeps its settings in VS Code's own store. In Cline's settings choose Anthropic, tick Use custom base URL, and enter both.</source>
        <translation>它把設定保存在 VS Code 自己的儲存區中。請在 Cline 的設定中選擇 Anthropic，勾選 Use custom base URL，並填入這兩項。</translation>
    </message>
    <message>
        <source>It keeps its settings in VS Code's own store. In its provider settings choose Anthropic, tick Use custom base URL, and enter both.</source>
        <translation>它把設定保存在 VS Code 自己的儲存區中。請在它的提供者設定中選擇 Anthropic，勾選 Use custom base URL，並填入這兩項。</translation>
    </message>
    <message>
        <source>It needs a key.</source>
        <translation>需要一個金鑰。</translation>
    </message>
    <message>
        <source>It saved {money}.</source>
        <translation>節省 {money}。</translation>
    </message>
    <message>
        <source>It speaks OpenAI's Responses format only, which is not Claude's. The nearest way is Claude Code or opencode.</source>
        <translation>它只使用 OpenAI 的 Responses 格式，不是 Claude 的格式。最接近的辦法是 Claude Code 或 opencode。</translation>
    </message>
    <message numerus="yes">
        <source>It stopped at {time} and {n} restarts failed.</source>
        <translation>
            <numerusform>{time} 停止，{n} 次重新啟動均失敗。</numerusform>
        </translation>
    </message>
    <message>
        <source>It stopped at {time}.</source>
        <translation>{time} 停止。</translation>
    </message>
    <message>
        <source>It wants /v1 in the address. Or in code: createAnthropic({ baseURL: …, apiKey: … }).</source>
        <translation>它要求位址中帶 /v1。或在程式碼中：createAnthropic({ baseURL: …, apiKey: … })。</translation>
    </message>
    <message>
        <source>It was the turn of others before it.</source>
        <translation>當時輪到其他請求先行。</translation>
    </message>
    <message>
        <source>It went at once.</source>
        <translation>立即發出。</translation>
    </message>
    <message>
        <source>It went when there was room.</source>
        <translation>有餘量時發出。</translation>
    </message>
    <message>
        <source>It went when {free} were free.</source>
        <translation>餘量為 {free} 時發出。</translation>
    </message>
    <message>
        <source>Its requests go through Cursor's own servers, which cannot reach this machine, and it speaks OpenAI's format. The nearest way is Claude Code in Cursor's terminal.</source>
        <translation>它的請求經由 Cursor 自己的伺服器，那裡無法存取本機，而且它使用 OpenAI 的格式。最接近的辦法是在 Cursor 的終端機中使用 Claude Code。</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>Key “{name}”</source>
        <translation>金鑰「{name}」</translation>
    </message>
    <message>
        <source>Keys {names} · one organization, shared limits</source>
        <translation>金鑰 {names} · 同一組織，共用限額</translation>
    </message>
    <message>
        <source>Last (batch)</source>
        <translation>最後（批次）</translation>
    </message>
    <message>
        <source>Learned: a subscription with these windows: {names}.</source>
        <translation>已了解：訂閱，視窗為：{names}。</translation>
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
        <translation>限額 {limit}</translation>
    </message>
    <message>
        <source>Limit {limit} a minute</source>
        <translation>限額每分鐘 {limit}</translation>
    </message>
    <message>
        <source>Merged, {count} a call</source>
        <translation>合併，每次 {count} 列</translation>
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
        <translation>週一</translation>
    </message>
    <message>
        <source>Name it by --file. Keep it out of version control: it holds a token.</source>
        <translation>請用 --file 指定它。不要納入版本控制：其中有權杖。</translation>
    </message>
    <message>
        <source>New requests will wait.</source>
        <translation>新請求會等候。</translation>
    </message>
    <message>
        <source>No answer has told this model’s limits yet; those of the smallest plan are assumed.</source>
        <translation>還沒有回應告知此模型的限額，暫按最小方案計算。</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>逾時未回應</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>無法連線</translation>
    </message>
    <message>
        <source>No connection to the API</source>
        <translation>無法連線到 API</translation>
    </message>
    <message>
        <source>No connection to the API could be made; nothing was sent.</source>
        <translation>無法連線 API；沒有送出任何內容。</translation>
    </message>
    <message>
        <source>No limit known yet. Each meter appears with the first answer that names it.</source>
        <translation>還不知道任何限額。第一個帶有限額的回應到達後，計量才會出現。</translation>
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
        <source>Not held</source>
        <translation>沒有等候</translation>
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
        <source>Not sent</source>
        <translation>未傳送</translation>
    </message>
    <message>
        <source>Nothing had to be estimated.</source>
        <translation>無需估算。</translation>
    </message>
    <message>
        <source>Nothing was read from it.</source>
        <translation>沒有從中讀取。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>One by one</source>
        <translation>逐列</translation>
    </message>
    <message>
        <source>One request a row, behind your tools: they always go first.</source>
        <translation>每列一個請求，排在你的工具之後：它們始終優先。</translation>
    </message>
    <message>
        <source>Open again {time}</source>
        <translation>{time} 重新開放</translation>
    </message>
    <message>
        <source>Or for one model of its proxy: api_base and api_key in its litellm_params.</source>
        <translation>或用於其代理中的某個模型：litellm_params 裡的 api_base 和 api_key。</translation>
    </message>
    <message>
        <source>Or in code: Anthropic(base_url=…, api_key=…).</source>
        <translation>或在程式碼中：Anthropic(base_url=…, api_key=…)。</translation>
    </message>
    <message>
        <source>Or in code: AnthropicProvider(base_url=…, api_key=…).</source>
        <translation>或在程式碼中：AnthropicProvider(base_url=…, api_key=…)。</translation>
    </message>
    <message>
        <source>Or in code: ChatAnthropic(base_url=…, api_key=…). A set ANTHROPIC_API_URL wins.</source>
        <translation>或在程式碼中：ChatAnthropic(base_url=…, api_key=…)。若設定了 ANTHROPIC_API_URL，則以它為準。</translation>
    </message>
    <message>
        <source>Or in code: new Anthropic({ baseURL: …, apiKey: … }).</source>
        <translation>或在程式碼中：new Anthropic({ baseURL: …, apiKey: … })。</translation>
    </message>
    <message>
        <source>Or in its provider settings: Anthropic, Use custom base URL.</source>
        <translation>或在它的提供者設定中：Anthropic，Use custom base URL。</translation>
    </message>
    <message>
        <source>Other model served</source>
        <translation>由其他模型回應</translation>
    </message>
    <message>
        <source>Others use this quota too, so a look at what was left came first.</source>
        <translation>其他程式也在用這個額度，因此先查看了餘量。</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>輸出</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>輸出 token</translation>
    </message>
    <message>
        <source>Output ≈ {guess}, real {real}.</source>
        <translation>輸出 ≈ {guess}，實際 {real}。</translation>
    </message>
    <message>
        <source>Overloaded</source>
        <translation>過載</translation>
    </message>
    <message>
        <source>Overloaded, sent again</source>
        <translation>過載，已重送</translation>
    </message>
    <message>
        <source>Paste prompts, one a line, or drop a file.</source>
        <translation>貼上提示詞，每行一條，或拖入檔案。</translation>
    </message>
    <message>
        <source>Paused by you</source>
        <translation>你已暫停</translation>
    </message>
    <message>
        <source>Points at {address}.</source>
        <translation>指向 {address}。</translation>
    </message>
    <message>
        <source>Predicted {predicted}, real {real}</source>
        <translation>預計 {predicted}，實際 {real}</translation>
    </message>
    <message>
        <source>Prompt cache</source>
        <translation>提示快取</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在讀取…</translation>
    </message>
    <message>
        <source>Ready to connect</source>
        <translation>可以連接</translation>
    </message>
    <message>
        <source>Refused by Sluice</source>
        <translation>被 Sluice 拒絕</translation>
    </message>
    <message>
        <source>Refused: Sluice stopped</source>
        <translation>拒絕：Sluice 停止</translation>
    </message>
    <message>
        <source>Refused: budget spent</source>
        <translation>拒絕：預算用完</translation>
    </message>
    <message>
        <source>Refused: held too long</source>
        <translation>拒絕：等候過久</translation>
    </message>
    <message>
        <source>Refused: larger than the limit</source>
        <translation>拒絕：超過限額</translation>
    </message>
    <message>
        <source>Refused: no key</source>
        <translation>拒絕：沒有金鑰</translation>
    </message>
    <message>
        <source>Refused: spend cap reached</source>
        <translation>拒絕：達到支出上限</translation>
    </message>
    <message>
        <source>Refused: too many wait</source>
        <translation>拒絕：等候過多</translation>
    </message>
    <message>
        <source>Refused: window used up</source>
        <translation>拒絕：視窗用完</translation>
    </message>
    <message>
        <source>Reload the VS Code window afterwards. It reads Claude Code's own settings as well.</source>
        <translation>之後請重新載入 VS Code 視窗。它也讀取 Claude Code 自己的設定。</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>請求</translation>
    </message>
    <message>
        <source>Requests get an error at once so that your tools can try again; batches wait. Cached answers still work.</source>
        <translation>請求會立即回報錯誤，由工具自行重試；批次工作等待。快取的回答仍可使用。</translation>
    </message>
    <message>
        <source>Requests go on as usual.</source>
        <translation>請求照常。</translation>
    </message>
    <message>
        <source>Requests with a key of their own are served meanwhile.</source>
        <translation>自帶金鑰的請求照常服務。</translation>
    </message>
    <message>
        <source>Response cache</source>
        <translation>回答快取</translation>
    </message>
    <message>
        <source>Revoked or mistyped; nothing is sent with it. Store another one.</source>
        <translation>已撤銷或有誤；不再用它傳送。請更換金鑰。</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>進行中</translation>
    </message>
    <message>
        <source>Runs out {when}</source>
        <translation>{when}用完</translation>
    </message>
    <message>
        <source>Runs out {when}; full again {time} after</source>
        <translation>{when}用完，其後 {time}恢復滿額</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>週六</translation>
    </message>
    <message numerus="yes">
        <source>Saved today {money}: {n} cached answers, {tokens} tokens</source>
        <translation>
            <numerusform>今日節省 {money}：快取回答 {n} 次，{tokens} token</numerusform>
        </translation>
    </message>
    <message>
        <source>Sessions that are open already keep their old address until they are started again.</source>
        <translation>已經開啟的工作階段在重新啟動之前仍使用舊位址。</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Several rows are asked at once and each answer is checked; a missing or malformed one runs again alone. Your tools always go first.</source>
        <translation>一次詢問多列，並檢查每個回答；缺少或格式不對的會單獨重試。你的工具始終優先。</translation>
    </message>
    <message>
        <source>Since {time}:</source>
        <translation>{time} 起：</translation>
    </message>
    <message>
        <source>Sluice held as many requests as it has room for.</source>
        <translation>Sluice 的等候佇列已滿。</translation>
    </message>
    <message>
        <source>Sluice held this request for {held}; its turn did not come.</source>
        <translation>Sluice 讓這個請求等候了 {held}，仍未輪到它。</translation>
    </message>
    <message>
        <source>Sluice held this request for {held}; {what} on {model} ({limit} a minute) did not free up in time.</source>
        <translation>已等候 {held}；{model} 的{what}（每分鐘 {limit}）未能及時空出。</translation>
    </message>
    <message>
        <source>Sluice made a mistake</source>
        <translation>Sluice 出錯了</translation>
    </message>
    <message>
        <source>Sluice refused it: {code}.</source>
        <translation>Sluice 拒絕：{code}。</translation>
    </message>
    <message>
        <source>Sluice was stopping.</source>
        <translation>Sluice 正在停止。</translation>
    </message>
    <message>
        <source>Something needs your attention</source>
        <translation>有一件事需要你處理</translation>
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
        <source>Start engine</source>
        <translation>啟動引擎</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>週日</translation>
    </message>
    <message>
        <source>TSV</source>
        <translation>TSV</translation>
    </message>
    <message>
        <source>The command for warnings failed</source>
        <translation>警告命令執行失敗</translation>
    </message>
    <message>
        <source>The connection broke after the request was sent. It may have been answered and billed, so it was not sent again.</source>
        <translation>請求送出後連線中斷。它可能已被處理並計費，因此沒有重送。</translation>
    </message>
    <message>
        <source>The engine is not running</source>
        <translation>引擎未執行</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>引擎未執行。</translation>
    </message>
    <message>
        <source>The file was changed by another program just now. Nothing was written; try again.</source>
        <translation>檔案剛被另一個程式改動。沒有寫入任何內容；請重試。</translation>
    </message>
    <message>
        <source>The first request from “{tool}” arrived.</source>
        <translation>已收到「{tool}」的第一個請求。</translation>
    </message>
    <message>
        <source>The history could not be backed up</source>
        <translation>歷史記錄無法備份</translation>
    </message>
    <message>
        <source>The history is from a newer version</source>
        <translation>歷史記錄來自較新的版本</translation>
    </message>
    <message>
        <source>The history is not being written</source>
        <translation>歷史記錄未被寫入</translation>
    </message>
    <message>
        <source>The history was restored from its backup</source>
        <translation>歷史記錄已從備份還原</translation>
    </message>
    <message>
        <source>The key of Sluice’s could not be read from the keyring.</source>
        <translation>無法從金鑰圈讀取 Sluice 的金鑰。</translation>
    </message>
    <message>
        <source>The keyring cannot be used</source>
        <translation>金鑰圈無法使用</translation>
    </message>
    <message>
        <source>The limits of this pool were not known yet, so one answer came first.</source>
        <translation>當時還不知道這個額度池的限額，因此先等一個回應。</translation>
    </message>
    <message>
        <source>The organization answers nothing more. Sluice refuses at once and does not retry: raise the limit, or wait.</source>
        <translation>組織不再回應任何請求。Sluice 立即拒絕，不重試：請提高上限，或等待。</translation>
    </message>
    <message>
        <source>The organization’s monthly spend cap is reached. Retrying does not help.</source>
        <translation>組織的每月支出上限已達到。重試沒有用。</translation>
    </message>
    <message>
        <source>The organization’s spend cap is reached</source>
        <translation>組織的支出上限已達到</translation>
    </message>
    <message>
        <source>The plugin llm-anthropic has no setting for it, and reads these.</source>
        <translation>外掛 llm-anthropic 沒有此項設定，它讀取這些變數。</translation>
    </message>
    <message>
        <source>The request was sent, and no answer came in time.</source>
        <translation>請求已送出，但沒有及時得到回應。</translation>
    </message>
    <message>
        <source>The response cache is off</source>
        <translation>回答快取已關閉</translation>
    </message>
    <message>
        <source>The settings file has a mistake</source>
        <translation>設定檔有誤</translation>
    </message>
    <message>
        <source>The stored key is refused</source>
        <translation>儲存的金鑰被拒絕</translation>
    </message>
    <message>
        <source>The tool's settings file is not there yet. Start the tool once, then connect it.</source>
        <translation>工具的設定檔還不存在。請先啟動一次該工具，再連接它。</translation>
    </message>
    <message>
        <source>The window of this login is used up. Other logins and keys are not affected.</source>
        <translation>這個登入的視窗已用完。其他登入和金鑰不受影響。</translation>
    </message>
    <message>
        <source>There is nothing to send yet.</source>
        <translation>還沒有可傳送的內容。</translation>
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
        <translation>這個請求</translation>
    </message>
    <message>
        <source>This request needs about {need} input tokens; the limit is {limit} a minute, so it can never go. Shorten it or raise the plan.</source>
        <translation>這個請求約需 {need} 輸入 token，而限額是每分鐘 {limit}，永遠無法送出。請縮短請求或升級方案。</translation>
    </message>
    <message>
        <source>This server states no limits</source>
        <translation>該伺服器不告知限額</translation>
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
        <translation>被限流，已重送</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>週四</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
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
        <translation>每小時 token</translation>
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
        <translation>開啟的檔案過多</translation>
    </message>
    <message>
        <source>Too many requests came at once; they were let go one after another.</source>
        <translation>請求同時到來過多，因此逐個放行。</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Tools reconnect by themselves.</source>
        <translation>工具會自動重新連線。</translation>
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
        <source>Wait ≈ {guess}, real {real}.</source>
        <translation>等候 ≈ {guess}，實際 {real}。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等候</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>週三</translation>
    </message>
    <message>
        <source>Why this one failed</source>
        <translation>它為何失敗</translation>
    </message>
    <message>
        <source>Why this one waited</source>
        <translation>它為何等候</translation>
    </message>
    <message>
        <source>You had paused Sluice.</source>
        <translation>你暫停了 Sluice。</translation>
    </message>
    <message>
        <source>Your own budget is spent. Raise it in the settings, or wait for its reset.</source>
        <translation>你設定的預算已用完。可在設定中提高，或等它重設。</translation>
    </message>
    <message>
        <source>Zed keeps keys in the system's keychain: open its Agent settings, Anthropic, and enter the token there.</source>
        <translation>Zed 把金鑰保存在系統鑰匙圈中：開啟它的 Agent 設定，選擇 Anthropic，在那裡填入權杖。</translation>
    </message>
    <message>
        <source>about {percent} used at reset</source>
        <translation>重置時約用 {percent}</translation>
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
        <source>all models</source>
        <translation>所有模型</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation>
            <numerusform>另有 {n} 項</numerusform>
        </translation>
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
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>column {name}</source>
        <translation>欄 {name}</translation>
    </message>
    <message>
        <source>configured</source>
        <translation>依設定</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>告急</translation>
    </message>
    <message>
        <source>engine restarting</source>
        <translation>引擎正在重新啟動</translation>
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
        <translation>額外用量</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>full again {time}</source>
        <translation>{time} 恢復滿額</translation>
    </message>
    <message>
        <source>idle since {time}</source>
        <translation>{time} 起閒置</translation>
    </message>
    <message>
        <source>in about {time}</source>
        <translation>約 {time}後</translation>
    </message>
    <message>
        <source>in the last minute</source>
        <translation>（最近一分鐘）</translation>
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
        <source>last hour: {low} to {high} percent used</source>
        <translation>最近一小時：已用百分之 {low} 到 {high}</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>文字行</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>實測</translation>
    </message>
    <message>
        <source>measured {time} ago</source>
        <translation>實測，{time}前</translation>
    </message>
    <message numerus="yes">
        <source>no forecast yet: {n} more minutes of use needed</source>
        <translation>
            <numerusform>還不能預測：需要再使用 {n} 分鐘</numerusform>
        </translation>
    </message>
    <message>
        <source>no reading yet</source>
        <translation>還沒有讀數</translation>
    </message>
    <message>
        <source>none left</source>
        <translation>已用盡</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>nothing in flight</source>
        <translation>沒有進行中的請求</translation>
    </message>
    <message>
        <source>of {limit}</source>
        <translation>/ {limit}</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>離線</translation>
    </message>
    <message>
        <source>often under 1 h</source>
        <translation>常在 1 小時內</translation>
    </message>
    <message>
        <source>on pace</source>
        <translation>與時間進度持平</translation>
    </message>
    <message>
        <source>output tokens</source>
        <translation>輸出 token</translation>
    </message>
    <message>
        <source>own credential</source>
        <translation>自帶憑證</translation>
    </message>
    <message>
        <source>paragraphs</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暫停</translation>
    </message>
    <message>
        <source>per minute</source>
        <translation>每分鐘</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>已計劃</translation>
    </message>
    <message>
        <source>predicted {time}</source>
        <translation>預計 {time}</translation>
    </message>
    <message>
        <source>ready, nothing sent yet</source>
        <translation>就緒，還沒有請求</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>請求</translation>
    </message>
    <message>
        <source>resets in {time}</source>
        <translation>{time}後重置</translation>
    </message>
    <message>
        <source>resets {time}</source>
        <translation>{time} 重置</translation>
    </message>
    <message>
        <source>running</source>
        <translation>進行中</translation>
    </message>
    <message>
        <source>runs out {time}</source>
        <translation>{time} 用完</translation>
    </message>
    <message>
        <source>same as {number}, runs once</source>
        <translation>與第 {number} 列相同，只執行一次</translation>
    </message>
    <message numerus="yes">
        <source>sent again {n} times</source>
        <translation>
            <numerusform>重送 {n} 次</numerusform>
        </translation>
    </message>
    <message>
        <source>speed {name}</source>
        <translation>速度 {name}</translation>
    </message>
    <message>
        <source>spent</source>
        <translation>已花費</translation>
    </message>
    <message>
        <source>stale {time}</source>
        <translation>{time}未更新</translation>
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
        <source>tier {name}</source>
        <translation>層級 {name}</translation>
    </message>
    <message>
        <source>time of answers</source>
        <translation>回應時間</translation>
    </message>
    <message>
        <source>today’s budget</source>
        <translation>今日預算</translation>
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
        <translation>24 小時內</translation>
    </message>
    <message>
        <source>within {time}</source>
        <translation>{time}內</translation>
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
        <translation>輸入 {input}，輸出 {output}</translation>
    </message>
    <message>
        <source>{left} of {limit} left</source>
        <translation>剩 {left} / {limit}</translation>
    </message>
    <message>
        <source>{limit} a minute on {model}.</source>
        <translation>{model} 每分鐘 {limit}。</translation>
    </message>
    <message>
        <source>{limit} in all, no reading yet</source>
        <translation>共 {limit}，還沒有讀數</translation>
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
        <translation>{model} · 登入</translation>
    </message>
    <message>
        <source>{model}: {requests} requests, {inward} in, {outward} out a minute.</source>
        <translation>{model}：每分鐘 {requests} 個請求、輸入 {inward}、輸出 {outward}。</translation>
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
        <translation>{number} 個失敗</translation>
    </message>
    <message>
        <source>{number} from cache</source>
        <translation>{number} 個來自快取</translation>
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
        <source>{number} ms</source>
        <translation>{number} 毫秒</translation>
    </message>
    <message>
        <source>{number} overloaded</source>
        <translation>{number} 次過載</translation>
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
            <numerusform>{n} 個批次</numerusform>
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
            <numerusform>{n} 列重複，只執行一次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} failed</source>
        <translation>
            <numerusform>{n} 失敗</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} held</source>
        <translation>
            <numerusform>{n} 個等候</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} hours</source>
        <translation>
            <numerusform>{n} 小時</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} in flight</source>
        <translation>
            <numerusform>{n} 個進行中</numerusform>
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
            <numerusform>比時間進度快 {n} 點</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} points under pace</source>
        <translation>
            <numerusform>比時間進度慢 {n} 點</numerusform>
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
            <numerusform>{n} 個請求</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} requests wait until you resume.</source>
        <translation>
            <numerusform>{n} 個請求等你繼續。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows</source>
        <translation>
            <numerusform>{n} 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows cannot be sent</source>
        <translation>
            <numerusform>{n} 列無法傳送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} running</source>
        <translation>
            <numerusform>{n} 進行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tokens</source>
        <translation>
            <numerusform>{n} 個 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tools point here and get no answer</source>
        <translation>
            <numerusform>{n} 個工具指向這裡，得不到回應</numerusform>
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
        <translation>{plan}，每分鐘</translation>
    </message>
    <message>
        <source>{pool}, at the pace of now</source>
        <translation>{pool}，依現在的速度</translation>
    </message>
    <message>
        <source>{pool}, open again {time}</source>
        <translation>{pool}，{time} 重新開放</translation>
    </message>
    <message>
        <source>{read} of {whole} tokens were read from it.</source>
        <translation>從中讀取 {read} / {whole} token。</translation>
    </message>
    <message>
        <source>{rows} a minute</source>
        <translation>每分鐘 {rows}</translation>
    </message>
    <message>
        <source>{rows} from {form}</source>
        <translation>{rows}，來自 {form}</translation>
    </message>
    <message>
        <source>{spent} of about {planned}</source>
        <translation>{spent} / 約 {planned}</translation>
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
        <translation>已用或進行中 {used}。</translation>
    </message>
    <message>
        <source>{way}: {requests} requests, about {cost}, done by {time}, limited by {limit}</source>
        <translation>{way}：{requests} 個請求，約 {cost}，{time} 完成，受限於{limit}</translation>
    </message>
    <message>
        <source>{what}: {names}.</source>
        <translation>{what}：{names}。</translation>
    </message>
    <message>
        <source>{what}: {whole} tokens, {out} of them output.</source>
        <translation>{what}：{whole} token，其中輸出 {out}。</translation>
    </message>
    <message>
        <source>{window}, {scope}</source>
        <translation>{window}，{scope}</translation>
    </message>
    <message>
        <source>{written} were written into it.</source>
        <translation>寫入 {written}。</translation>
    </message>
    <message>
        <source>“{name}” is done</source>
        <translation>「{name}」已完成</translation>
    </message>
</context>
</TS>
