using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Http.Connection;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Http.Source;

/// <summary>
/// A data source that reads a web service page by page. A read is handed on only when it is proved to be complete, and held in memory until then. The
/// query of an operation is what follows the address: a path and parameters, with <c>{name}</c> for each variable. It cannot be written to.
/// </summary>
public sealed class HttpSource : IDataSource, IDisposable
{
    private readonly string _subject;
    private readonly HttpSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ServiceClient _client;

    /// <summary>Makes a source.</summary>
    /// <param name="name">The name of the source, for messages.</param>
    /// <param name="options">The settings; not to be changed afterwards.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <param name="logger">Is told of requests and reads that are made again.</param>
    /// <exception cref="ValidationException">A setting is missing or wrong.</exception>
    /// <exception cref="SourceException">A file of certificates cannot be read.</exception>
    public HttpSource(string name, HttpSourceOptions options, TimeProvider? time = null, ILogger<HttpSource>? logger = null)
        : this(name, options, time, logger, resolve: null)
    {
    }

    /// <summary>Makes a source that is told the addresses of names.</summary>
    internal HttpSource(
        string name, HttpSourceOptions options, TimeProvider? time, ILogger<HttpSource>? logger, Func<string, CancellationToken, Task<IPAddress[]>>? resolve)
    {
        PartOptions.Require(options);
        _subject = $"HTTP source '{name}'";
        _options = options;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<HttpSource>.Instance;
        try
        {
            _client = new ServiceClient(_subject, options, _time, _logger, resolve);
        }
        catch (HttpFaultException fault)
        {
            throw Failed(fault.Message, fault.Fault, fault);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        try
        {
            return ReadAsync(new RequestTemplate(_options, _client.Root, operation), new ItemColumns(_options, operation.Attributes), cancellationToken);
        }
        catch (FormatException failure)
        {
            throw Failed(failure.Message, FaultKind.Permanent, null);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private async IAsyncEnumerable<SourceRow> ReadAsync(
        RequestTemplate requests, ItemColumns columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = await ReadProvenAsync(requests, columns, cancellationToken);
        var shared = new RowColumns(columns.Names);
        foreach (var values in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new SourceRow(shared, values);
        }
    }

    private async Task<IReadOnlyCollection<Value[]>> ReadProvenAsync(RequestTemplate requests, ItemColumns columns, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.ReadTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var read = new ProvenRead(_subject, _options, _logger, token => new ReadPass(_client, _options, requests, columns).RunAsync(token));
        try
        {
            return await read.RunAsync(either.Token);
        }
        catch (HttpFaultException fault)
        {
            throw Failed(fault.Message, fault.Fault, fault.InnerException);
        }
        catch (IncompleteReadException failure)
        {
            throw Failed($"{failure.Message} The read is not used.", FaultKind.Transient, null);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Failed($"Reading took longer than {_options.ReadTimeout:c} (ReadTimeout). The read is not used.", FaultKind.Transient, null);
        }
    }

    private SourceException Failed(string message, FaultKind fault, Exception? cause) => new($"{_subject}: {message}", fault, cause);
}
