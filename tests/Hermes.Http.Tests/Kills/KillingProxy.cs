using Hermes.Http.Tests.Servers;
using Microsoft.AspNetCore.Http;

namespace Hermes.Http.Tests.Kills;

/// <summary>
/// Passes requests on to a server, and kills the client at one of them: before it is passed on, or when the server has done it and the answer is still to be told.
/// </summary>
internal sealed class KillingProxy : IAsyncDisposable
{
    private static readonly string[] Passed = ["Authorization", "If-Match", "Accept", "webhook-id", "webhook-timestamp", "webhook-signature"];

    private readonly HttpClient _server = new();
    private readonly Uri _target;
    private readonly Lock _lock = new();
    private TestService _service = null!;
    private Plan? _plan;
    private int _inFlight;
    private TaskCompletionSource? _drained;

    private KillingProxy(string target) => _target = new Uri(target);

    /// <summary>How often it killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How many of the requests at which it killed the server had done.</summary>
    public int LostAnswers { get; private set; }

    /// <summary>The address that stands for that of the server.</summary>
    public string Address => _service.Address + _target.AbsolutePath.TrimEnd('/');

    public static async Task<KillingProxy> StartAsync(string target)
    {
        var proxy = new KillingProxy(target);
        proxy._service = await TestService.StartAsync((context, _) => proxy.PassAsync(context, context.Heard()));
        return proxy;
    }

    /// <summary>Plans the next kill.</summary>
    /// <param name="requests">At which request, from 1, counted from now.</param>
    /// <param name="isDone">Whether the server does it.</param>
    /// <param name="kill">Kills the client.</param>
    public void KillAt(int requests, bool isDone, Func<Task> kill)
    {
        lock (_lock)
            _plan = new Plan(requests, isDone, kill);
    }

    /// <summary>
    /// Drops what was planned, and waits until the server has done what it was asked: what a client that is dead asked for must not come after what the next one asks.
    /// </summary>
    public Task SpareAsync()
    {
        lock (_lock)
        {
            _plan = null;
            if (_inFlight == 0)
                return Task.CompletedTask;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _server.Dispose();
    }

    private async Task PassAsync(HttpContext context, HeardRequest heard)
    {
        lock (_lock)
            _inFlight++;
        try
        {
            await PassOrKillAsync(context, heard);
        }
        finally
        {
            lock (_lock)
            {
                if (--_inFlight == 0)
                    _drained?.TrySetResult();
                _drained = _inFlight == 0 ? null : _drained;
            }
        }
    }

    private async Task PassOrKillAsync(HttpContext context, HeardRequest heard)
    {
        if (Due() is not { } plan)
        {
            await AnswerAsync(context, await SendAsync(heard));
            return;
        }

        if (plan.IsDone)
        {
            (await SendAsync(heard)).Dispose();
            LostAnswers++;
        }

        Kills++;
        await plan.Kill();
        context.Abort();
    }

    private Plan? Due()
    {
        lock (_lock)
        {
            if (_plan is null || --_plan.Requests > 0)
                return null;
            var due = _plan;
            _plan = null;
            return due;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HeardRequest heard)
    {
        using var request = new HttpRequestMessage(new HttpMethod(heard.Method), new Uri(_target, heard.Target));
        foreach (var name in Passed.Where(heard.Headers.ContainsKey))
            request.Headers.TryAddWithoutValidation(name, heard.Headers[name]);
        if (heard.Body.Length > 0)
        {
            request.Content = new StringContent(heard.Body);
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", heard.Headers["Content-Type"]);
        }

        return await _server.SendAsync(request);
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        using (answer)
        {
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body);
        }
    }

    private sealed class Plan(int requests, bool isDone, Func<Task> kill)
    {
        public int Requests { get; set; } = requests;

        public bool IsDone => isDone;

        public Func<Task> Kill => kill;
    }
}
