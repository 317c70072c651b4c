#ifndef KRUNNER_JAIL_ADDON_H
#define KRUNNER_JAIL_ADDON_H
#define NAPI_VERSION 8
#include <node_api.h>

void expose_jail(napi_env env, napi_value exports);

#endif
