namespace Hermes.Http.Source;

/// <summary>How a web service is asked for its items.</summary>
public enum HttpSourceMethod
{
    /// <summary>With GET. Default.</summary>
    Get,

    /// <summary>With POST and a body. It is made again after a failure, so it must change nothing.</summary>
    Post,
}
