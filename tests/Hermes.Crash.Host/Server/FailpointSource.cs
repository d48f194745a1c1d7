using System.Runtime.CompilerServices;
using Hermes.Abstractions.Sources;
using Hermes.Crash.Host.Failpoints;

namespace Hermes.Crash.Host.Server;

internal sealed class FailpointSource(IWritableSource inner) : IWritableSource
{
    public async IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.BeforeFetch);
        await foreach (var row in inner.FetchAsync(operation, cancellationToken))
        {
            Failpoint.Hit(ServerFailpoints.FetchRow);
            yield return row;
        }

        Failpoint.Hit(ServerFailpoints.AfterFetch);
    }

    public async Task ExecuteAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.BeforeWriteBack);
        await inner.ExecuteAsync(operation, cancellationToken);
        Failpoint.Hit(ServerFailpoints.AfterWriteBack);
    }
}
