using System.Net;
using System.Text;
using Hermes.Abstractions;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Hermes.Http.Connection;

/// <summary>Sends requests to one web service: with its credential, within the limits, again where that may help, and to no other host.</summary>
internal sealed class ServiceClient : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    private readonly HttpConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _invoker;
    private readonly Credential _credential;
    private readonly RequestPace _pace;
    private readonly ResiliencePipeline<WebAnswer> _retries;
    private readonly ResiliencePipeline<WebAnswer> _retriesOfUndone;

    /// <param name="subject">Who asks, for logs.</param>
    /// <param name="options">The options; checked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told of requests that are made again.</param>
    /// <param name="resolve">The addresses of a name, when private ones are forbidden; null asks the system.</param>
    /// <exception cref="HttpFaultException">A file of certificates cannot be read.</exception>
    public ServiceClient(
        string subject, HttpConnectionOptions options, TimeProvider time, ILogger logger, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        _options = options;
        _time = time;
        Root = WebAddress.TryParse(options.Address)!;
        _invoker = ConnectionFactory.Create(options, resolve ?? Dns.GetHostAddressesAsync);
        _credential = Credential.Of(options, _invoker, time);
        _pace = new RequestPace(options.RequestInterval, time);
        (_retries, _retriesOfUndone) = options.Retries == 0
            ? (ResiliencePipeline<WebAnswer>.Empty, ResiliencePipeline<WebAnswer>.Empty)
            : (Retries(fault => fault.IsWorthRetrying, subject, options, time, logger),
                Retries(fault => fault is { IsWorthRetrying: true, IsUndone: true }, subject, options, time, logger));
    }

    /// <summary>The address that all requests begin with.</summary>
    public Uri Root { get; }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="request">The request; to the origin of <see cref="Root"/>.</param>
    /// <param name="isExpected">Which statuses are answers; all others are failures.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpFaultException">There is no such answer.</exception>
    public async Task<WebAnswer> SendAsync(WebRequest request, Func<int, bool> isExpected, CancellationToken cancellationToken)
    {
        try
        {
            return await (request.IsRepeatable ? _retries : _retriesOfUndone).ExecuteAsync(
                static (state, token) => new ValueTask<WebAnswer>(state.Client.AttemptAsync(state.Request, state.Expected, token)),
                (Client: this, Request: request, Expected: isExpected),
                cancellationToken);
        }
        catch (HttpFaultException fault)
        {
            throw fault.At(request.Address);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _credential.Dispose();
        _invoker.Dispose();
    }

    private static ResiliencePipeline<WebAnswer> Retries(
        Func<HttpFaultException, bool> isWorth, string subject, HttpConnectionOptions options, TimeProvider time, ILogger logger) =>
        new ResiliencePipelineBuilder<WebAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<WebAnswer>
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstWait,
                MaxDelay = LongestBackOff,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is HttpFaultException fault && isWorth(fault)),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as HttpFaultException)?.RetryAfter),
                OnRetry = arguments =>
                {
                    Log.RequestRetried(logger, subject, arguments.Outcome.Exception!.Message, arguments.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    private async Task<WebAnswer> AttemptAsync(WebRequest request, Func<int, bool> isExpected, CancellationToken cancellationToken)
    {
        await _pace.WaitAsync(cancellationToken);
        using var limit = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await FollowAsync(request, isExpected, either.Token);
        }
        catch (Exception failure) when (failure is not HttpFaultException && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpFaultException($"The answer was not there within {_options.RequestTimeout:c} (RequestTimeout).", FaultKind.Transient);
        }
        catch (Exception failure) when (NetworkFault.Is(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw NetworkFault.Of(failure);
        }
    }

    private async Task<WebAnswer> FollowAsync(WebRequest request, Func<int, bool> isExpected, CancellationToken cancellationToken)
    {
        var isRenewed = false;
        for (var hops = 0; ;)
        {
            using var message = await MessageAsync(request, cancellationToken);
            using var response = await _invoker.SendAsync(message, cancellationToken);
            var status = (int)response.StatusCode;
            if (isExpected(status))
            {
                var content = await AnswerBody.ReadAsync(response.Content, _options.MaxAnswerLength, cancellationToken);
                return new WebAnswer(request.Address, status, response.Headers, response.Content.Headers.ContentType, content, IsDelimited(response));
            }

            if (status == AnswerStatus.Unauthorized && !isRenewed && _credential.TryRenew())
                isRenewed = true;
            else if (AnswerStatus.IsRedirect(status))
                request = Redirected(request, status, response.Headers.Location, hops++);
            else
                throw AnswerStatus.Fault(status, response.Headers.RetryAfter, _options.LongestWait, _time).At(request.Address);
        }
    }

    private async Task<HttpRequestMessage> MessageAsync(WebRequest request, CancellationToken cancellationToken)
    {
        // Every address that is not of the origin was refused where it came from; a mistake there must not cost a credential.
        if (!WebAddress.IsSameOrigin(Root, request.Address))
            throw new InvalidOperationException("A request to another host would carry the credential there.");
        var message = new HttpRequestMessage(request.Method, request.Address);
        foreach (var (name, value) in _options.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        if (request.Body is { } body)
            message.Content = new StringContent(body, Encoding.UTF8, request.BodyType);
        if (request.Version is { } version)
            message.Headers.TryAddWithoutValidation("If-Match", version);
        request.Sign?.Invoke(message);
        await _credential.ApplyAsync(message, cancellationToken);
        return message;
    }

    private WebRequest Redirected(WebRequest request, int status, Uri? location, int hops)
    {
        if (_options.Redirects == 0)
            throw Refused("The service redirects, which Redirects does not allow. Set Address to where the service is.");
        if (hops >= _options.Redirects)
            throw Refused("The service redirects more often than Redirects allows.");
        if (location is null || !Uri.TryCreate(request.Address, location, out var target))
            throw Refused("The service redirects to no address.");
        if (!WebAddress.IsSameOrigin(Root, target))
            throw Refused($"The service redirects to another host ({target.Host}), which is never followed. If that is right, set Address to it.");

        // A POST may become a GET on the old statuses; it is not made one, since it would ask something else.
        return request.Method == HttpMethod.Get || status is 307 or 308
            ? request with { Address = target }
            : throw Refused($"The service redirects a {request.Method} in a way that would change it.");

        HttpFaultException Refused(string text) => new HttpFaultException(text, FaultKind.Permanent).At(request.Address);
    }

    // The length is told, or the last chunk, or the end of the stream (HTTP/2).
    private static bool IsDelimited(HttpResponseMessage response) =>
        response.Version.Major >= 2 || response.Content.Headers.ContentLength is not null || response.Headers.TransferEncodingChunked == true;
}
