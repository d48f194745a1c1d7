using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Net;
using Hermes.Abstractions;
using Hermes.Abstractions.Configuration;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Runtime.Registration;
using Hermes.Runtime.Targets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Http.Scim;

/// <summary>Keeps users and groups of a SCIM 2.0 service in step (RFC 7643, RFC 7644).</summary>
public sealed class ScimTarget : IClientTarget, IReadableTarget, IDisposable
{
    private readonly ScimTargetOptions _options;
    private readonly ServiceClient _service;
    private readonly ScimClient _client;
    private readonly ServiceProfile _profile;
    private readonly ResourcePages _pages;
    private readonly ConcurrentDictionary<string, ITypeHandler> _handlers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ResourceReader> _readers = new(StringComparer.Ordinal);

    /// <summary>Makes a target; it connects when it is first used.</summary>
    /// <param name="options">The settings; not to be changed afterwards.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    /// <param name="logger">Is told of requests that are made again.</param>
    /// <exception cref="ValidationException">A setting is missing or wrong.</exception>
    /// <exception cref="TargetException">A file of certificates cannot be read.</exception>
    public ScimTarget(ScimTargetOptions options, TimeProvider? time = null, ILogger<ScimTarget>? logger = null)
        : this(options, time, logger, resolve: null)
    {
    }

    /// <summary>Makes a target that is told the addresses of names.</summary>
    internal ScimTarget(ScimTargetOptions options, TimeProvider? time, ILogger<ScimTarget>? logger, Func<string, CancellationToken, Task<IPAddress[]>>? resolve)
    {
        PartOptions.Require(options);
        _options = options;
        try
        {
            _service = new ServiceClient("SCIM target", options, time ?? TimeProvider.System, logger ?? NullLogger<ScimTarget>.Instance, resolve);
        }
        catch (HttpFaultException fault)
        {
            throw new TargetException($"SCIM target: {fault.Message}", fault.Fault, fault);
        }

        _client = new ScimClient(_service);
        _profile = new ServiceProfile(options, _client);
        _pages = new ResourcePages(_client, options.PageSize);
    }

    /// <inheritdoc/>
    public bool Handles(string type, TargetChangeKind kind) => _options.Resources.ContainsKey(type) || _options.Memberships.ContainsKey(type);

    /// <inheritdoc/>
    /// <exception cref="HermesConfigurationException">The options do not fit the types of the client; holds all that is wrong.</exception>
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (TypeErrors.Of(_options, types).Concat(MembershipEnds.Errors(_options, types)).ToList() is { Count: > 0 } errors)
            throw new HermesConfigurationException(errors);
        var ends = new List<(string Type, string GroupType, string MemberType, ScimMembershipOptions Options)>();
        foreach (var (name, options) in _options.Memberships)
        {
            var type = types.First(type => type.Name == name);
            if (MembershipEnds.Of(type, options.Group, options.GroupType) is { } group && MembershipEnds.Of(type, options.Member, options.MemberType) is { } member)
                ends.Add((name, group, member, options));
        }

        foreach (var (name, options) in _options.Resources)
        {
            var memberships = ends.Where(end => end.GroupType == name).ToList();
            var layout = new ResourceLayout(types.First(type => type.Name == name), options, _options.BooleansAsText, memberships.Select(end => end.Options.Path!));
            var finder = new ResourceFinder(layout, _client, _profile, _pages);
            var writer = new ResourceWriter(layout, _client, _profile);
            MemberList[] lists = [.. layout.Lists.Select(list => new MemberList(list.Local, Members(list.Path)))];
            _handlers[name] = new ResourceHandler(layout, _client, finder, writer, new Ownership(layout, finder), lists);
            _readers[name] = new ResourceReader(layout, _client, _pages);
            foreach (var end in memberships)
            {
                var turns = new MemberTurns(Members(end.Options.Path!), _options.MembersPerRequest);
                _handlers[end.Type] = new MembershipHandler(end.Options, end.GroupType, end.MemberType, turns);
            }

            MemberWriter Members(ScimPath path) => new(path, layout, _options, _client, _profile, writer);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(context);
        if (_handlers.TryGetValue(change.Type, out var handler))
            await TargetFailures.TranslateAsync(change, () => handler.ApplyAsync(change, context, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> StepAsideAsync(EntryId entry, string link, CancellationToken cancellationToken) =>
        _handlers.TryGetValue(entry.Type, out var handler)
        && await TargetFailures.TranslateAsync(entry.Type, new ValueTask<bool>(handler.StepAsideAsync(link, cancellationToken)));

    /// <inheritdoc/>
    public bool CanRead(string type) => _readers.ContainsKey(type);

    /// <summary>All resources of a type's endpoint, page by page. <paramref name="also"/> names SCIM paths.</summary>
    /// <exception cref="TargetException">Not all could be read, or it is not known whether they are all, or an attribute is a secret one.</exception>
    public IAsyncEnumerable<TargetObject> ReadAsync(string type, IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(also);
        return Reader(type).ReadAsync(also, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TargetObject?> FindAsync(string type, string link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        return await Reader(type).FindAsync(link, cancellationToken);
    }

    /// <summary>
    /// Whether the service takes what was read for what it would be given: lists have no order, true may be a text, and the case of letters does not matter in <c>userName</c> and
    /// <c>emails</c>.
    /// </summary>
    public bool IsSame(string type, string attribute, Value given, Value held) =>
        _readers.TryGetValue(type, out var reader) ? reader.IsSame(attribute, given, held) : given == held;

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _profile.Dispose();
        _service.Dispose();
    }

    private ResourceReader Reader(string type) => _readers.TryGetValue(type, out var reader)
        ? reader
        : throw new TargetException($"The type '{type}' is not one whose entries are resources of the SCIM service, so that it cannot be read back.", FaultKind.Permanent);
}
